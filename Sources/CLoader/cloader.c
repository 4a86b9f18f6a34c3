#include "cloader.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static const char *failure(void) {
  const char *reason = dlerror();
  const char *copy = reason ? strdup(reason) : NULL;
  return copy ? copy : "it cannot be loaded";
}

static const char *load(const struct cloader_library *library) {
  void *handle = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) return failure();
  for (size_t i = 0; i < library->count; i++) {
    void *address = dlsym(handle, library->symbols[i].name);
    if (!address) return failure();
    *library->symbols[i].place = address;
  }
  return NULL;
}

const char *cloader_open(struct cloader_library *library) {
  pthread_mutex_lock(&mutex);
  if (!library->is_settled) library->failure = load(library);
  library->is_settled = 1;
  pthread_mutex_unlock(&mutex);
  return library->failure;
}
