// core: gRPC's functions as found by dlsym, and the events of its one completion queue.
#pragma once
#include "CGRPC.h"
#include <grpc/byte_buffer.h>
#include <grpc/byte_buffer_reader.h>
#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <grpc/support/alloc.h>
#include <grpc/support/log.h>
#include <grpc/support/time.h>

#define CLAW_FUNCTIONS(X) \
    X(gpr_convert_clock_type) X(gpr_now) X(gpr_set_log_function) X(gpr_time_add) \
    X(gpr_time_cmp) X(gpr_time_from_millis) X(gpr_time_sub) X(gpr_inf_future) \
    X(gpr_time_to_millis) \
    X(grpc_byte_buffer_destroy) X(grpc_byte_buffer_reader_destroy) \
    X(grpc_byte_buffer_reader_init) X(grpc_byte_buffer_reader_readall) \
    X(grpc_call_cancel) X(grpc_call_details_destroy) X(grpc_call_details_init) \
    X(grpc_call_start_batch) X(grpc_call_unref) \
    X(grpc_channel_create) X(grpc_channel_create_call) X(grpc_channel_credentials_release) \
    X(grpc_channel_destroy) \
    X(grpc_completion_queue_create_for_next) X(grpc_completion_queue_next) X(grpc_init) \
    X(grpc_insecure_credentials_create) X(grpc_insecure_server_credentials_create) \
    X(grpc_metadata_array_destroy) X(grpc_metadata_array_init) X(grpc_raw_byte_buffer_create) \
    X(grpc_server_add_http2_port) X(grpc_server_cancel_all_calls) X(grpc_server_create) \
    X(grpc_server_credentials_release) X(grpc_server_destroy) \
    X(grpc_server_register_completion_queue) X(grpc_server_request_call) \
    X(grpc_server_shutdown_and_notify) X(grpc_server_start) \
    X(grpc_slice_from_copied_buffer) X(grpc_slice_from_copied_string) X(grpc_slice_unref)

struct claw_functions {
#define CLAW_MEMBER(name) __typeof__(name) *name;
    CLAW_FUNCTIONS(CLAW_MEMBER)
#undef CLAW_MEMBER
};

extern struct claw_functions claw_g;
extern grpc_completion_queue *claw_queue;

/// The tag of everything put on the queue: whose event it is, and what to do when it comes.
typedef struct {
    void (*happened)(void *owner, bool succeeded);
    void *owner;
} claw_event;

static inline grpc_arg claw_number(const char *key, int value) {
    return (grpc_arg){.type = GRPC_ARG_INTEGER, .key = (char *)key, .value.integer = value};
}

static inline claw_bytes claw_view(const grpc_slice *slice) {
    return (claw_bytes){GRPC_SLICE_START_PTR(*slice), GRPC_SLICE_LENGTH(*slice)};
}

grpc_byte_buffer *claw_buffer(claw_bytes message);
/// One slice with all of the buffer's bytes; an empty one where they cannot be decompressed.
grpc_slice claw_flatten(grpc_byte_buffer *buffer);
