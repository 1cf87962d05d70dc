"""A small dataset for the tests of finding, filtering and time; its names are hard ones.

The names are real, because they are what makes look-ups hard; nothing else in it need be true.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import natodata

TEXT = """\
dataset: {title: Hard names, version: 2022.6.30, current_to: 2022-06-30}
sources:
  - {id: paper, source_class: scholarly, title: Operation Sea Guardian, extent: full,
     publisher: Quarterly of Navies, date: 2017}
  - {id: other-paper, source_class: press, title: Training of officers in Iraq, extent: full}
topics:
  - {id: security, name: Security, labels: [{language: de, text: Sicherheit}]}
  - {id: counter-terrorism, name: Counter-terrorism, broader: security, definition: Against it.}
  - {id: ct-at-sea, name: Counter-terrorism at sea, broader: counter-terrorism}
  - {id: training-topic, name: Training}
  - {id: iraq-topic, name: Iraq}
countries:
  - {id: AFG, name: Afghanistan, iso_alpha2: AF, iso_alpha3: AFG}
  - {id: CIV, name: "Côte d\u2019Ivoire", aliases: [Ivory Coast], iso_alpha2: CI}
  - {id: DEU, name: Germany, iso_alpha3: DEU, cow_codes: [{value: 255, period: 1990/..}],
     milestones: [{kind: established, date: 1949-05-23}]}
  - {id: DJI, name: Djibouti}
  - {id: IRQ, name: Iraq, labels: [{language: ar, text: العراق}]}
  - {id: ISL, name: Iceland, iso_alpha2: IS}
  - {id: LUX, name: Luxembourg}
  - {id: MKD, name: North Macedonia, aliases: [FYROM],
     names: [{value: the former Yugoslav Republic of Macedonia, period: 1993-04-08/2019-02-11},
             {value: North Macedonia, period: 2019-02-12/..}]}
  - {id: NER, name: Niger}
  - {id: NGA, name: Nigeria}
  - {id: PRK, name: Democratic People's Republic of Korea, aliases: [North Korea]}
  - {id: KOR, name: Republic of Korea, aliases: [South Korea]}
  - {id: TUR, name: Türkiye, aliases: [Turkey], iso_alpha3: TUR}
  - {id: UKR, name: Ukraine, labels: [{language: uk, text: Україна}]}
places:
  - {id: adriatic, name: Adriatic Sea, kind: sea}
  - {id: baghdad, name: Baghdad, kind: city, country: IRQ, latitude: 33.31, longitude: 44.4}
  - {id: brussels, name: Brussels, kind: city}
  - {id: djibouti-city, name: Djibouti, kind: city, country: DJI}
  - {id: luxembourg-city, name: Luxembourg, kind: city, country: LUX}
  - {id: prague, name: Praha, kind: city, labels: [{language: en, text: Prague}]}
organisations:
  - {id: nato, name: North Atlantic Treaty Organization, aliases: [NATO, OTAN], kind: alliance,
     milestones: [{kind: established, date: 1949-04-04}], seats: [{value: brussels}],
     topics: [security]}
  - {id: isil, name: Islamic State, aliases: [IS, Daesh], kind: armed-group}
  - {id: coe, name: Centre of Excellence Defence against Terrorism, aliases: [COE-DAT],
     kind: centre-of-excellence, country: TUR, topics: [counter-terrorism],
     milestones: [{kind: accredited, date: 2006-08-14}],
     figures: [{measure: activities, value: 8, bound: about, as_of: 2019},
               {measure: participants, value: 2503, bound: at-least, as_of: 2020-01},
               {measure: nations, value: 5, upper: 8, bound: between, as_of: 2020-02}]}
  - {id: command-north, name: Command North, kind: command, parent: nato}
  - {id: command-south, name: Command South, kind: command, parent: nato}
people:
  - {id: weiss, name: Jörg Weiß, nationalities: [DEU]}
  - {id: lukasz, name: Łukasz Ødegård}
posts:
  - {id: com-kfor, name: Commander KFOR, aliases: [COMKFOR], organisation: nato}
tenures:
  - {id: com-kfor-1, post: com-kfor, person: weiss, nationality: DEU, ordinal: 1, acting: false,
     milestones: [{kind: assumed, date: 1999-06-12}, {kind: left, date: 2000}]}
  - {id: com-kfor-2, post: com-kfor, person: lukasz, ordinal: 2,
     milestones: [{kind: assumed, date: 2000}, {kind: left, date: 2001-04-06}]}
memberships:
  - {id: deu-nato, country: DEU, framework: nato,
     milestones: [{kind: acceded, date: 1955-05-06}, {kind: attested, date: 2022-06-01}]}
  - {id: mkd-nato, country: MKD, framework: nato,
     milestones: [{kind: acceded, date: 2020-03-27}, {kind: attested, date: 2022-06-01}]}
meetings:
  - {id: brussels-2018, name: Brussels Summit, kind: summit, date: 2018-07-11/2018-07-12,
     place: brussels}
  - {id: brussels-2021, name: Brussels Summit 2021, kind: summit, date: 2021-06-14}
  - {id: prague-2002, name: Prague Summit, kind: summit, date: 2002-11, place: prague}
  - {id: some-visit, name: Visit to Baghdad, kind: visit, date: 2019-09/.., place: baghdad}
documents:
  - {id: res-1244, name: Resolution 1244, kind: resolution, symbol: S/RES/1244(1999),
     issuer: nato, milestones: [{kind: adopted, date: 1999-06-10}],
     provisions: [{kind: authorises, text: A presence to keep the peace}]}
programmes:
  - {id: dat-pow, name: Programme of Work for Defence against Terrorism, aliases: [DAT POW],
     kind: programme-of-work, topics: [counter-terrorism], owners: [{value: nato}],
     milestones: [{kind: launched, date: 2004-05}]}
  - {id: iraq-package, name: Package for Iraq, kind: package, beneficiaries: [IRQ],
     owners: [{value: nato, period: 2015-07/..}], aims: [Teach Iraqi officers how to train],
     milestones: [{kind: agreed, date: 2015-07}]}
operations:
  - {id: isaf, name: International Security Assistance Force, aliases: [ISAF],
     kind: combat, admitted_by: council-decision, combat: true, hosts: [AFG],
     legal_bases: [{kind: un-resolution}],
     milestones: [{kind: launched, date: 2001-12-20}, {kind: ended, date: 2014-12-28}]}
  - {id: kfor, name: Kosovo Force, aliases: [KFOR], kind: crisis-management-force,
     admitted_by: council-decision, areas: [adriatic], posts: [com-kfor],
     leads: [{value: nato, period: 1999-06-12/..}],
     names: [{value: Operation Joint Guardian, period: 1999-06/2002},
             {value: Kosovo Force, period: 2003/..}],
     commands: [{value: command-north, period: 1999-06-12/2004-03-14},
                {value: command-south, period: 2004-03-15/..}],
     postures: [{value: deployed, period: ../1999-06}],
     legal_bases: [{kind: un-resolution, document: res-1244}, {kind: agreement}],
     milestones: [{kind: launched, date: 1999-06-12, citations: [{source: paper}]},
                  {kind: extended, date: 2021-06-14, at: brussels-2021},
                  {kind: attested, date: 2022-06}],
     figures: [{measure: troops, value: 50000, bound: about, as_of: 1999},
               {measure: troops, value: 5000, bound: at-most, as_of: 2013-02-18}]}
  - {id: murky, name: Murky Business, kind: support, admitted_by: support,
     postures: [{value: standby, period: ../..}]}
  - {id: nmi, name: NATO Mission Iraq, aliases: [NMI], kind: training-advisory,
     admitted_by: council-decision, combat: false, hosts: [IRQ], topics: [training-topic],
     leads: [{value: nato}], commands: [{value: command-south, period: 2018-07/..}],
     tasks: [{modality: train, area: security-forces, text: Train the trainers}],
     aims: [Train and advise the Iraqi forces], predecessors: [iraq-package],
     milestones: [{kind: launched, date: 2018-07-11/2018-07-12, at: brussels-2018},
                  {kind: attested, date: 2022-06}]}
  - {id: ntm-a, name: NATO Training Mission-Afghanistan, aliases: [NTM-A], hosts: [AFG],
     kind: training-advisory, admitted_by: council-decision,
     milestones: [{kind: activated, date: 2009-11-21}, {kind: ended, date: 2014}]}
  - {id: ntm-i, name: NATO Training Mission-Iraq, aliases: [NTM-I], hosts: [IRQ],
     kind: training-advisory, admitted_by: council-decision,
     milestones: [{kind: launched, date: 2004-08}, {kind: ended, date: 2011-12-17}]}
  - {id: sea-guardian, name: Operation Sea Guardian, kind: maritime-security,
     admitted_by: council-decision, areas: [adriatic], topics: [ct-at-sea, training-topic],
     commands: [{value: command-north}],
     milestones: [{kind: launched, date: 2016-11-09}, {kind: attested, date: 2022}],
     note: It followed an operation under Article 5 and builds capacity.}
contributions:
  - {id: nmi-deu, operation: nmi, country: DEU, capacity: member,
     milestones: [{kind: joined, date: 2018}]}
strength_reports:
  - {id: kfor-2013, operation: kfor, date: 2013-02-18, printed_total: 740,
     rows: [{country: DEU, personnel: 740}, {country: LUX}]}
events:
  - {id: attack, name: Attack of 2001, kind: attack, date: 2001-09-11, summary: The attack,
     topics: [counter-terrorism]}
  - {id: request, name: Request of Iraq, kind: request, date: 2018-02, countries: [IRQ],
     about: [nmi], actors: [IRQ]}
decisions:
  - {id: nmi-decided, date: 2018-07-11/2018-07-12, verb: launches, meeting: brussels-2018,
     summary: A mission for Iraq is launched, affects: [nmi], topics: [training-topic],
     citations: [{source: paper, backs: [summary]}, {source: other-paper, backs: [date]}]}
  - {id: terror-decided, date: 2002-11-21, verb: adopts, meeting: prague-2002,
     summary: A concept against terrorism is adopted, topics: [counter-terrorism],
     citations: [{source: paper}]}
assessments:
  - {id: weiss-view, authors: [weiss], position: Training is what matters, date: 2019,
     about: [nmi], topics: [training-topic]}
  - {id: view-undated, authors: [weiss, nato], position: It is open}
"""


def load(text: str) -> natodata.Dataset:
    """Return the dataset that a text describes."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "data.yaml"
        file.write_text(text, encoding="utf-8")
        return natodata.Dataset.from_yaml(file)


@cache
def nato() -> natodata.Dataset:
    """Return the dataset of hard names: the same object each time."""
    return load(TEXT)
