#ifndef CHROMATIC_ALLOCATION_COUNTER_H
#define CHROMATIC_ALLOCATION_COUNTER_H

// Number of blocks this thread has allocated, by whatever function of the C library, since it
// started. Linking this file replaces malloc and its relatives in the whole process.
long allocation_count(void);

#endif
