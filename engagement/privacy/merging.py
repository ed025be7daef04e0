"""What a merge of two people does with the trace of an erasure."""

from organizations.merging.references import stays

stays("privacy.erasure.person", "says who was erased, and must go on saying so")
