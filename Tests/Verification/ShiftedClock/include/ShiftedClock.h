// Loaded before the C library (LD_PRELOAD), shifts the wall clock of a process by the microseconds in
// the first eight bytes of the file that SHIFTED_CLOCK names; they may change at any moment. Clocks
// that only run on stay as they are.
