#include "cloader.h"

#include <dlfcn.h>

const char *cloader_open(const char *file, const struct cloader_symbol *symbols, size_t count) {
  void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
  if (!library) return dlerror();
  for (size_t i = 0; i < count; i++) {
    *symbols[i].place = dlsym(library, symbols[i].name);
    if (!*symbols[i].place) return dlerror();
  }
  return NULL;
}
