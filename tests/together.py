"""Threads that start together, each of its own.

A pool of the standard library will not do: where workers wait for one another it may count one
idle that is not, and start too few.
"""

import sys
from threading import Barrier, Thread
from time import sleep


def at_once(call, threads=64):
    """Return what a call gives in many threads that start together and alternate all the time."""
    barrier = Barrier(threads + 1)
    answers, faults = {}, []

    def work(number):
        try:
            barrier.wait(30)
            answers[number] = call()
        except BaseException as fault:  # noqa: BLE001 (told below)
            faults.append(fault)
            barrier.abort()  # the others would wait for ever

    every = [Thread(target=work, args=(number,)) for number in range(threads)]
    for number, thread in enumerate(every):
        thread.start()
        # One after the other: Python 3.11 cannot begin to trace two threads at once.
        while barrier.n_waiting <= number and thread.is_alive():
            sleep(0)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        barrier.wait(30)
        for thread in every:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert [] == faults
    return [answers[number] for number in range(threads)]
