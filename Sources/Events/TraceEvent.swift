// TraceEvent: what trace stores tell us.

/// The span's side of a call, as OpenTelemetry and Zipkin name it.
package enum SpanKind: String, Codable, CaseIterable, Sendable {
    case server, client, producer, consumer, local
}

/// What a span says of a saga: tags `saga.id`, `saga.step`, `saga.action`.
package struct SagaMark: Hashable, Codable, Sendable {
    package enum Action: String, Codable, Sendable {
        case `do`, undo
    }

    package var saga: String
    package var step: String
    package var action: Action
    /// The error tag's text; nil where the span is no error.
    package var error: String?

    package init(saga: String, step: String, action: Action, error: String? = nil) {
        (self.saga, self.step, self.action, self.error) = (saga, step, action, error)
    }
}

/// What clawtop keeps of one span.
package struct SpanRecord: Hashable, Codable, Sendable, Identifiable {
    /// A hash of what tells this span apart: trace, span id, kind, shared.
    package var id: UInt64
    package var service: String
    package var operation: String
    package var kind: SpanKind
    package var start: Instant
    /// Nil where the store does not know it (yet).
    package var durationMicroseconds: Int64?
    package var isError: Bool
    package var saga: SagaMark?

    package init(
        id: UInt64, service: String, operation: String, kind: SpanKind, start: Instant,
        durationMicroseconds: Int64?, isError: Bool, saga: SagaMark? = nil
    ) {
        (self.id, self.service, self.operation, self.kind) = (id, service, operation, kind)
        (self.start, self.durationMicroseconds) = (start, durationMicroseconds)
        (self.isError, self.saga) = (isError, saga)
    }
}

/// One edge of the dependency graph.
package struct ServiceCall: Hashable, Codable, Sendable {
    package var caller: String
    package var callee: String
    package var calls: Int
    package var errors: Int

    package init(caller: String, callee: String, calls: Int, errors: Int) {
        (self.caller, self.callee, self.calls, self.errors) = (caller, callee, calls, errors)
    }
}

/// What a trace store tells us.
package enum TraceEvent: Hashable, Codable, Sendable {
    /// Spans that are new; `replaced` are the ids of spans told before that they (or nothing) take
    /// the place of.
    case observed([SpanRecord], replaced: [UInt64])
    /// The whole dependency graph of the last while.
    case dependencies([ServiceCall])
}
