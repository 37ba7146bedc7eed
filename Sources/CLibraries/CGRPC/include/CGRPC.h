// CGRPC: gRPC core's client and server without its types; the library is loaded at first use.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#pragma clang assume_nonnull begin

/// Loads gRPC core and starts its thread; NULL, or what the loader said. Costs about 10 ms, once.
///
/// Every other function may only be called after this one has returned NULL. All callbacks come on
/// the one thread, which lives as long as the process: they must not wait.
const char *_Nullable claw_grpc_load(void);

/// Bytes that are not ended by a 0.
typedef struct {
    const uint8_t *_Nullable start;
    size_t count;
} claw_bytes;

typedef struct claw_grpc_channel claw_grpc_channel;
typedef struct claw_grpc_call claw_grpc_call;

/// Connects at the first call. `service_config` is gRFC A6's JSON; without one nothing is retried.
///
/// NULL where the target or the configuration is not understood.
claw_grpc_channel *_Nullable claw_grpc_channel_open(
    const char *target, const char *_Nullable service_config);
/// Calls that wait for a connection fail.
void claw_grpc_channel_close(claw_grpc_channel *channel);

/// One call; everything in it is copied.
typedef struct {
    const char *_Nullable path;
    claw_bytes message;
    /// Names and values in turn, each ended by a 0.
    const char *_Nullable metadata;
    size_t metadata_count;
    int64_t deadline_ms;
    /// More than one message may be answered.
    bool streams;
} claw_grpc_question;

typedef struct {
    void (*_Nullable message)(void *context, claw_bytes message);
    /// Exactly once, and last. The text is UTF-8, or what the server took for it.
    void (*_Nullable done)(void *context, int status, claw_bytes text);
} claw_grpc_answers;

/// The call is the caller's until released; it goes on without that.
claw_grpc_call *claw_grpc_call_start(
    claw_grpc_channel *channel, const claw_grpc_question *question, claw_grpc_answers answers,
    void *context);
/// Any thread, any time before the release; a call that is over ignores it.
void claw_grpc_call_cancel(claw_grpc_call *call);
void claw_grpc_call_release(claw_grpc_call *call);

typedef struct claw_grpc_server claw_grpc_server;
/// A call that waits for its reply.
typedef struct claw_grpc_request claw_grpc_request;

/// What was asked; valid during the callback.
typedef struct {
    claw_bytes path, message;
    size_t metadata_count;
    /// How long the caller still waits; INT64_MAX where it does not say.
    int64_t left_ms;
} claw_grpc_asked;

typedef void (*claw_grpc_handler)(
    void *context, claw_grpc_request *request, claw_grpc_asked asked);

/// Listens on `address`, as in `127.0.0.1:0`; `port` is the one it got. NULL where it is in use.
claw_grpc_server *_Nullable claw_grpc_server_start(
    const char *address, int *port, claw_grpc_handler handler, void *context);
/// Closes its port and cuts its calls; `stopped` comes when both are done, and after it no handler.
///
/// A request that was handed over must be replied to nevertheless.
void claw_grpc_server_stop(claw_grpc_server *server, void (*stopped)(void *context));

/// The name and value at `index`, valid during the handler's callback.
void claw_grpc_metadata(
    const claw_grpc_request *request, size_t index, claw_bytes *name, claw_bytes *value);
/// Exactly once for each request, from any thread.
void claw_grpc_reply(claw_grpc_request *request, int status, const char *text, claw_bytes message);

#pragma clang assume_nonnull end
