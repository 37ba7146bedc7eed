#include "api.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

struct claw_curl claw_curl;

static const char *resolve(void *handle) {
#define X(name) \
    claw_curl.name = (__typeof__(claw_curl.name))dlsym(handle, #name); \
    if (!claw_curl.name) return "function " #name;
    CLAW_CURL_FUNCTIONS(X)
#undef X
    return claw_curl.curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? NULL : "initialization";
}

const char *claw_curl_load(const char *library) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static int is_loaded;
    // Opened again for every client: a name that does not exist is missing even after another worked.
    void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    if (!handle) return "library";
    pthread_mutex_lock(&lock);
    const char *missing = is_loaded ? NULL : resolve(handle);
    is_loaded = missing == NULL;
    pthread_mutex_unlock(&lock);
    return missing;
}
