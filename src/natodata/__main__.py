"""``python -m natodata`` is the command line."""

from natodata.cli import main

raise SystemExit(main())
