/* SQLite's own library, loaded when the first database is opened. */
#ifndef DOCKET_CSQLITE_H
#define DOCKET_CSQLITE_H

#include <sqlite3.h>

/* Before anything else of SQLite. NULL, or why it cannot be loaded. */
const char *csqlite_open(void);

#endif
