/* C libraries that are loaded when they are first needed: a program starts without them, and runs where they are missing.

   A module of such a library lists the functions that Docket calls, once, as FUNCTIONS(F) with F(result, name, parameters,
   arguments), and defines each under its own name as a call of the library's:

     FUNCTIONS(CLOADER_FORWARD)
     CLOADER_OPEN(cname_open, CLOADER_FILE("libname.so.1", "libname.1.dylib"), FUNCTIONS(CLOADER_SYMBOL))

   The compiler holds the list against the library's header. What is not in the list does not link. A function that is called
   before cname_open has returned NULL ends the program: the modules' Swift sides open first. */
#ifndef DOCKET_CLOADER_H
#define DOCKET_CLOADER_H

#include <stddef.h>

struct cloader_symbol {
  const char *name;
  void **place;
};

struct cloader_library {
  const char *file;
  const struct cloader_symbol *symbols;
  size_t count;
  /* Whether it has been looked for, and what was wrong then. */
  int is_settled;
  const char *failure;
};

/* Finds the library's file where the system keeps such, and all symbols in it, the first time; any thread may ask. NULL, or what is
   wrong in the system's words, which stay. */
const char *cloader_open(struct cloader_library *library);

/* The name of the library's file, on Linux and on macOS. */
#ifdef __APPLE__
#define CLOADER_FILE(linux_name, mac_name) mac_name
#else
#define CLOADER_FILE(linux_name, mac_name) linux_name
#endif

/* The module's own function that opens its library, with the symbols that it needs; it answers what cloader_open does. */
#define CLOADER_OPEN(function, file, symbols) \
  const char *function(void) { \
    static const struct cloader_symbol needed[] = {symbols}; \
    static struct cloader_library library = {file, needed, sizeof needed / sizeof *needed, 0, NULL}; \
    return cloader_open(&library); \
  }

/* Hidden, because the library must go on calling its own. */
#define CLOADER_FORWARD(result, name, parameters, arguments) \
  static __typeof__(name) *name##_loaded; \
  __attribute__((visibility("hidden"))) result name parameters { return name##_loaded arguments; }
/* A variable of the library: NAME_loaded points to it. */
#define CLOADER_GLOBAL(name) static __typeof__(name) *name##_loaded;
#define CLOADER_SYMBOL_OF(name) {#name, (void **)&name##_loaded},
#define CLOADER_SYMBOL(result, name, parameters, arguments) CLOADER_SYMBOL_OF(name)

#endif
