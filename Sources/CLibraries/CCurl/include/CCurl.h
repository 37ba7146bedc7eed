// CCurl: HTTP over libcurl's multi handle, on one thread of the client's own.
//
// libcurl is loaded when the first request comes; nobody else pays for it.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct claw_http_client claw_http_client;
/// One request and what became of it; belongs to the client once it is started.
typedef struct claw_http_transfer claw_http_transfer;

/// What a result's code may be beside curl's own (0 is success).
enum {
    CLAW_HTTP_CANCELLED = -1,
    CLAW_HTTP_TOO_LARGE = -2,
    CLAW_HTTP_NO_LIBRARY = -3,
    CLAW_HTTP_IDLE = -4,
};

/// How a transfer ended; everything in it is valid during the call only.
typedef struct {
    int code;
    int os_errno;
    /// Bytes of requests that went out, also of one that curl repeated by itself.
    long sent;
    const char *_Nonnull message;
    /// When the server's certificate ends, in seconds of Unix time; 0 where that is not known.
    int64_t certificate_end;
    int status;
    /// The lines of the answer's head, the status line first.
    const uint8_t *_Nullable head;
    size_t head_length;
    /// The decoded body, unless the body callback took it.
    const uint8_t *_Nullable body;
    size_t body_length;
} claw_http_result;

/// All are called on the client's thread and must not wait.
typedef struct {
    /// The head is complete; may be NULL.
    void (*_Nullable head)(void *_Nonnull context, int status, const uint8_t *_Nonnull text, size_t length);
    /// Takes a piece (0), or asks for it again after claw_http_resume (1); NULL collects the body for `done`.
    int (*_Nullable body)(void *_Nonnull context, const uint8_t *_Nonnull bytes, size_t length);
    /// Called exactly once, and last: releases the context.
    void (*_Nonnull done)(void *_Nonnull context, const claw_http_result *_Nonnull result);
} claw_http_callbacks;

/// Starts the thread; NULL where there is none to be had. `library` is a name for dlopen.
claw_http_client *_Nullable claw_http_client_new(const char *_Nonnull library);
/// Cancels all (`done` is called for each) and waits for the thread, unless called on it.
void claw_http_client_free(claw_http_client *_Nonnull client);

/// Strings and bytes given to a transfer are copied.
claw_http_transfer *_Nullable claw_http_new(const char *_Nonnull method, const char *_Nonnull url);
/// `Name: value`, or `Name;` for an empty value.
void claw_http_header(claw_http_transfer *_Nonnull transfer, const char *_Nonnull line);
void claw_http_body(claw_http_transfer *_Nonnull transfer, const void *_Nullable bytes, size_t length);
/// PEM files, or NULL.
void claw_http_tls(
    claw_http_transfer *_Nonnull transfer, const char *_Nullable authority,
    const char *_Nullable certificate, const char *_Nullable key);
/// Tells when the certificate ends that the server shows; the transfer makes a connection of its own.
void claw_http_read_certificate(claw_http_transfer *_Nonnull transfer);
/// Speaks to the server itself, whatever the environment says of proxies.
void claw_http_without_proxy(claw_http_transfer *_Nonnull transfer);
/// `total_ms` for the whole, `idle_ms` to the head and then between two pieces; 0 is none.
/// `cap` is the most decoded bytes that are collected.
void claw_http_limits(claw_http_transfer *_Nonnull transfer, long total_ms, long idle_ms, size_t cap);

/// Hands the transfer over, from any thread, and never waits; the id is for the two below.
uint64_t claw_http_start(
    claw_http_client *_Nonnull client, claw_http_transfer *_Nonnull transfer,
    claw_http_callbacks callbacks, void *_Nonnull context);
/// From any thread; an id that is over is passed over.
void claw_http_cancel(claw_http_client *_Nonnull client, uint64_t id);
/// Delivers again the piece that was not taken; from any thread.
void claw_http_resume(claw_http_client *_Nonnull client, uint64_t id);
