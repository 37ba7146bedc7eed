// The functions of libcurl that are used, each behind a pointer that dlsym fills.
#pragma once
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>
// curl makes macros of these three; a pointer needs the plain name.
#undef curl_easy_getinfo
#undef curl_easy_setopt
#undef curl_multi_setopt

#define CLAW_CURL_FUNCTIONS(X) \
    X(curl_global_init) X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_setopt) \
    X(curl_easy_getinfo) X(curl_easy_strerror) X(curl_getdate) X(curl_easy_pause) X(curl_slist_append) \
    X(curl_slist_free_all) X(curl_multi_init) X(curl_multi_cleanup) X(curl_multi_setopt) \
    X(curl_multi_add_handle) X(curl_multi_remove_handle) X(curl_multi_socket_action) \
    X(curl_multi_info_read)

struct claw_curl {
#define X(name) __typeof__(name) *name;
    CLAW_CURL_FUNCTIONS(X)
#undef X
};

extern struct claw_curl claw_curl;

/// Fills claw_curl once for the whole process; NULL, or what is missing.
const char *claw_curl_load(const char *library);
