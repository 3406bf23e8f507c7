#ifndef CHROMATIC_PROCESSOR_GUARD_H
#define CHROMATIC_PROCESSOR_GUARD_H

// Linked into every program: one that was compiled for wider vectors than its processor has says so
// before its first line instead of ending with SIGILL. See docs/decisions/processors.md.

#endif
