// A request is three events: it came, its message came, its reply has gone.
#include "core.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct claw_grpc_server {
    grpc_server *server;
    claw_event stopped;
    /// Its owner until it has stopped, and the request that waits for the next call.
    atomic_int references;
    atomic_bool stopping;
    claw_grpc_handler handler;
    void *context;
    void (*after)(void *context);
};

struct claw_grpc_request {
    claw_grpc_server *server;
    grpc_call *call;
    claw_event came, read, replied;
    grpc_call_details details;
    grpc_metadata_array metadata;
    grpc_byte_buffer *incoming, *outgoing;
    int cancelled;
};

static void release(claw_grpc_server *server) {
    if (atomic_fetch_sub(&server->references, 1) > 1) return;
    void (*after)(void *) = server->after;
    void *context = server->context;
    claw_g.grpc_server_destroy(server->server);
    free(server);
    if (after) after(context);
}

static void forget(claw_grpc_request *request) {
    if (request->incoming) claw_g.grpc_byte_buffer_destroy(request->incoming);
    if (request->outgoing) claw_g.grpc_byte_buffer_destroy(request->outgoing);
    claw_g.grpc_metadata_array_destroy(&request->metadata);
    claw_g.grpc_call_details_destroy(&request->details);
    if (request->call) claw_g.grpc_call_unref(request->call);
    free(request);
}

static int64_t milliseconds_left(gpr_timespec deadline) {
    if (claw_g.gpr_time_cmp(deadline, claw_g.gpr_inf_future(deadline.clock_type)) == 0) return INT64_MAX;
    deadline = claw_g.gpr_convert_clock_type(deadline, GPR_CLOCK_MONOTONIC);
    gpr_timespec left = claw_g.gpr_time_sub(deadline, claw_g.gpr_now(GPR_CLOCK_MONOTONIC));
    return claw_g.gpr_time_to_millis(left);
}

static void replied(void *owner, bool succeeded) {
    (void)succeeded;
    forget(owner);
}

static void hand_over(claw_grpc_request *request) {
    grpc_slice message = claw_flatten(request->incoming);
    claw_grpc_asked asked = {
        .path = claw_view(&request->details.method),
        .message = claw_view(&message),
        .metadata_count = request->metadata.count,
        .left_ms = milliseconds_left(request->details.deadline),
    };
    request->server->handler(request->server->context, request, asked);
    claw_g.grpc_slice_unref(message);
}

static void read_message(void *owner, bool succeeded) {
    claw_grpc_request *request = owner;
    claw_grpc_server *server = request->server;
    if (succeeded && request->incoming && !atomic_load(&server->stopping)) hand_over(request);
    else claw_grpc_reply(request, GRPC_STATUS_CANCELLED, "", (claw_bytes){0});
    release(server);
}

static void wait_for_request(claw_grpc_server *server);

/// The reference that waited for this call goes over to its message.
static void came(void *owner, bool succeeded) {
    claw_grpc_request *request = owner;
    claw_grpc_server *server = request->server;
    if (!succeeded) {
        forget(request);
        release(server);
        return;
    }
    wait_for_request(server);
    grpc_op read = {.op = GRPC_OP_RECV_MESSAGE, .data.recv_message.recv_message = &request->incoming};
    claw_g.grpc_call_start_batch(request->call, &read, 1, &request->read, NULL);
}

static void wait_for_request(claw_grpc_server *server) {
    claw_grpc_request *request = calloc(1, sizeof *request);
    if (!request) abort();
    request->server = server;
    request->came = (claw_event){came, request};
    request->read = (claw_event){read_message, request};
    request->replied = (claw_event){replied, request};
    claw_g.grpc_call_details_init(&request->details);
    claw_g.grpc_metadata_array_init(&request->metadata);
    atomic_fetch_add(&server->references, 1);
    grpc_call_error problem = claw_g.grpc_server_request_call(
        server->server, &request->call, &request->details, &request->metadata, claw_queue, claw_queue,
        &request->came);
    if (problem != GRPC_CALL_OK) came(request, false);
}

static void stopped(void *owner, bool succeeded) {
    (void)succeeded;
    release(owner);
}

static grpc_server *create(void) {
    grpc_arg all[] = {
        claw_number(GRPC_ARG_ENABLE_CHANNELZ, 0),
        claw_number(GRPC_ARG_MAX_CHANNEL_TRACE_EVENT_MEMORY_PER_NODE, 0),
        claw_number(GRPC_ARG_HTTP2_BDP_PROBE, 0),
        // Else two servers share one port, and nobody is told that it is in use.
        claw_number(GRPC_ARG_ALLOW_REUSEPORT, 0),
    };
    grpc_channel_args arguments = {sizeof all / sizeof *all, all};
    return claw_g.grpc_server_create(&arguments, NULL);
}

claw_grpc_server *claw_grpc_server_start(
    const char *address, int *port, claw_grpc_handler handler, void *context) {
    claw_grpc_server *server = calloc(1, sizeof *server);
    if (!server) abort();
    *server = (claw_grpc_server){
        .server = create(), .stopped = {stopped, server}, .references = 1, .handler = handler,
        .context = context};
    claw_g.grpc_server_register_completion_queue(server->server, claw_queue, NULL);
    grpc_server_credentials *none = claw_g.grpc_insecure_server_credentials_create();
    *port = claw_g.grpc_server_add_http2_port(server->server, address, none);
    claw_g.grpc_server_credentials_release(none);
    claw_g.grpc_server_start(server->server);
    if (*port == 0) {
        claw_g.grpc_server_shutdown_and_notify(server->server, claw_queue, &server->stopped);
        return NULL;
    }
    wait_for_request(server);
    return server;
}

void claw_grpc_server_stop(claw_grpc_server *server, void (*after)(void *context)) {
    // It may have stopped before its calls are cut.
    atomic_fetch_add(&server->references, 1);
    server->after = after;
    atomic_store(&server->stopping, true);
    claw_g.grpc_server_shutdown_and_notify(server->server, claw_queue, &server->stopped);
    claw_g.grpc_server_cancel_all_calls(server->server);
    release(server);
}

void claw_grpc_metadata(
    const claw_grpc_request *request, size_t index, claw_bytes *name, claw_bytes *value) {
    *name = claw_view(&request->metadata.metadata[index].key);
    *value = claw_view(&request->metadata.metadata[index].value);
}

void claw_grpc_reply(claw_grpc_request *request, int status, const char *text, claw_bytes message) {
    grpc_slice details = claw_g.grpc_slice_from_copied_string(text);
    grpc_op batch[4] = {
        {.op = GRPC_OP_SEND_INITIAL_METADATA},
        {.op = GRPC_OP_RECV_CLOSE_ON_SERVER,
         .data.recv_close_on_server.cancelled = &request->cancelled},
        {.op = GRPC_OP_SEND_STATUS_FROM_SERVER,
         .data.send_status_from_server = {.status = (grpc_status_code)status, .status_details = &details}},
    };
    size_t count = 3;
    if (status == GRPC_STATUS_OK) {
        request->outgoing = claw_buffer(message);
        batch[count].op = GRPC_OP_SEND_MESSAGE;
        batch[count++].data.send_message.send_message = request->outgoing;
    }
    claw_g.grpc_call_start_batch(request->call, batch, count, &request->replied, NULL);
    claw_g.grpc_slice_unref(details);
}
