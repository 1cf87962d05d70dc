"""The operations that are held, against the rule of what counts as one (docs/inclusion.md)."""

import pytest

import natodata
from natodata.queries.evidence import independent
from natodata.records import Decision, Operation
from natodata.records.vocabulary import (
    InclusionClause,
    LegalBasisKind,
    MilestoneKind,
    OperationKind,
)

NATO = natodata.load()
OWN = [op for op in NATO.operations if op.admitted_by is not InclusionClause.OTHERS]
STANDING = {
    OperationKind.AIR_POLICING,
    OperationKind.DETERRENCE_VIGILANCE,
    OperationKind.AIR_DEFENCE_AUGMENTATION,
    OperationKind.SUPPORT,
    OperationKind.MARITIME_SECURITY,
    OperationKind.HEADQUARTERS_LIAISON,
}


def under(clause: InclusionClause) -> list[Operation]:
    """Return the operations that a clause admits."""
    return [op for op in NATO.operations if op.admitted_by is clause]


def of_nato(op: Operation) -> bool:
    """Return whether NATO leads an operation, or a body of NATO does."""
    for held in op.leads:
        body = held.value
        while body.id != "nato" and body.parent is not None:
            body = body.parent
        if body.id == "nato":
            return True
    return False


def decided(op: Operation) -> bool:
    """Return whether the data show that the Council, or ministers or leaders in it, decided."""
    kinds = {MilestoneKind.DECIDED, MilestoneKind.ACTIVATION_ORDERED, MilestoneKind.AUTHORISED}
    return (
        any(isinstance(record, Decision) for record in NATO.referring_to(op))
        or any(milestone.kind in kinds for milestone in op.milestones)
        or any(basis.kind is LegalBasisKind.COUNCIL_DECISION for basis in op.legal_bases)
    )


class TestLead:
    """Own operations are NATO's, and others' are others'."""

    @pytest.mark.parametrize("op", OWN, ids=lambda op: op.id)
    def test_own(self, op):
        """Whatever a clause of NATO's own admits was led by NATO, for a time at least."""
        assert of_nato(op)

    @pytest.mark.parametrize("op", under(InclusionClause.OTHERS), ids=lambda op: op.id)
    def test_others(self, op):
        """A mission of others has a lead of its own, and it is not NATO."""
        assert op.leads
        assert not of_nato(op)


class TestClauses:
    """Each clause asks for something that the data must show."""

    @pytest.mark.parametrize("op", under(InclusionClause.COUNCIL_DECISION), ids=lambda op: op.id)
    def test_council_decision(self, op):
        """A decision stands behind what the Council decided on."""
        assert decided(op)

    @pytest.mark.parametrize("op", under(InclusionClause.NATO_COMMAND), ids=lambda op: op.id)
    def test_nato_command(self, op):
        """What ran under NATO command says under which body or by whose forces it did."""
        named = "NATO Airborne Early Warning Force" in (op.note or "")
        assert op.commands or op.posts or op.predecessors or named

    @pytest.mark.parametrize("op", under(InclusionClause.STANDING_ACTIVITY), ids=lambda op: op.id)
    def test_standing(self, op):
        """A standing activity is of a kind that stands in peacetime, and is no combat."""
        assert op.kind in STANDING
        assert op.combat is not True

    @pytest.mark.parametrize("op", under(InclusionClause.SUPPORT), ids=lambda op: op.id)
    def test_support(self, op):
        """Support says whom it supports: a mission, a body or a country."""
        assert op.coordinates_with or op.hosts or op.legal_bases

    @pytest.mark.parametrize("op", under(InclusionClause.RELIEF), ids=lambda op: op.id)
    def test_relief(self, op):
        """Relief is relief: after a disaster, or of people brought out."""
        assert op.kind in {OperationKind.DISASTER_RELIEF, OperationKind.EVACUATION}

    @pytest.mark.parametrize("op", under(InclusionClause.LIAISON), ids=lambda op: op.id)
    def test_liaison(self, op):
        """A liaison body is a headquarters, office or team."""
        assert op.kind is OperationKind.HEADQUARTERS_LIAISON

    @pytest.mark.parametrize("op", under(InclusionClause.PHASE), ids=lambda op: op.id)
    def test_phase(self, op):
        """A phase names the operation of which it is one."""
        assert op.phase_of


class TestExtent:
    """What the data cover."""

    def test_operations(self):
        """At least 45 operations and missions and 12 standing activities are held."""
        standing = under(InclusionClause.STANDING_ACTIVITY)
        assert len(OWN) - len(standing) >= 45
        assert len(standing) >= 12

    @pytest.mark.parametrize("op", OWN, ids=lambda op: op.id)
    def test_no_exercise(self, op):
        """Exercises are no operations."""
        assert "exercise" not in op.name.lower()


class TestSupport:
    """How well the dates of operations are supported."""

    def test_two_voices(self):
        """Of 900 dates and more of NATO's operations and commanders half have two sources.

        Counted are the steps in the life of its own operations, and when commanders came and
        went; what only shows a thing going on is left out.
        """
        lives = [*OWN, *NATO.tenures]
        dated = [
            milestone
            for record in lives
            for milestone in record.milestones
            if milestone.kind is not MilestoneKind.ATTESTED
        ]
        doubled = [m for m in dated if independent(c.source for c in m.citations) >= 2]
        assert len(dated) >= 900
        assert len(doubled) * 2 >= len(dated)
