/* SQLite's own library. */
#ifndef DOCKET_CSQLITE_H
#define DOCKET_CSQLITE_H

#include <sqlite3.h>

#endif
