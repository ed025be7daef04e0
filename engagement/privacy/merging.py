"""Merge rule of the trace of an erasure, when two people turn out to be one."""

from organizations.merging.references import stays

stays("privacy.erasure.person", "says who was erased, and must go on saying so")
