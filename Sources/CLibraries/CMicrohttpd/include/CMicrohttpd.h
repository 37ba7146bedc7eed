// CMicrohttpd: libmicrohttpd as a server whose requests may be answered later, from any thread.
//
// The library is loaded by the first start, so that nothing pays for it before.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#pragma clang assume_nonnull begin

typedef struct claw_httpd claw_httpd;
typedef struct claw_httpd_request claw_httpd_request;

/// Called on the server's thread with one whole request, which waits until it is answered.
typedef void (*claw_httpd_handler)(void *context, claw_httpd_request *request);

/// Called once for each header line.
typedef void (*claw_httpd_header)(void *context, const char *name, const char *value);

/// Listens on a numeric address of either family; port 0 takes any free one. NULL where it cannot,
/// and `reason` says why.
claw_httpd *_Nullable claw_httpd_start(const char *host, uint16_t port, claw_httpd_handler handler,
                                       void *context, const char *_Nullable *_Nonnull reason);
uint16_t claw_httpd_port(const claw_httpd *server);

/// From now on new connections are refused, and requests over old ones answered with 503.
void claw_httpd_refuse(claw_httpd *server);

typedef void (*claw_httpd_stopped)(void *context);

/// Refuses what is new, closes once every request handed over is answered, then calls `stopped`.
///
/// It does not block: a thread of its own waits. The server is not to be used any more.
void claw_httpd_stop(claw_httpd *server, claw_httpd_stopped stopped, void *context);

// What was asked: valid until the request is answered.
const char *claw_httpd_method(const claw_httpd_request *request);
/// Path and query as they were sent, still percent-encoded.
const char *claw_httpd_target(const claw_httpd_request *request);
const uint8_t *_Nullable claw_httpd_body(const claw_httpd_request *request, size_t *count);
/// Only from within the handler.
void claw_httpd_headers(const claw_httpd_request *request, claw_httpd_header each, void *context);

/// Answers, from any thread, exactly once; `headers` are names and values in turn.
void claw_httpd_answer(claw_httpd_request *request, unsigned status,
                       const char *_Nullable const *_Nonnull headers, size_t header_count,
                       const uint8_t *_Nullable body, size_t count);

#pragma clang assume_nonnull end
