#include <hiredis/hiredis.h>

#define CHIREDIS_TEXT(name) #name
#define CHIREDIS_TEXT_OF(macro) CHIREDIS_TEXT(macro)

/// The version in the file name of the library that these headers belong to, such as 1.1.0.
static inline const char *hiredis_library_version(void) { return CHIREDIS_TEXT_OF(HIREDIS_SONAME); }
