// GRPCError: how a gRPC call ended where it did not end well.

/// The status codes of gRPC.
package enum GRPCStatus: Int32, Sendable, CaseIterable {
    case ok, cancelled, unknown, invalidArgument, deadlineExceeded, notFound, alreadyExists
    case permissionDenied, resourceExhausted, failedPrecondition, aborted, outOfRange
    case unimplemented, `internal`, unavailable, dataLoss, unauthenticated

    /// As everybody writes it: `DEADLINE_EXCEEDED`.
    package var name: String {
        switch self {
        case .ok: "OK"
        case .cancelled: "CANCELLED"
        case .unknown: "UNKNOWN"
        case .invalidArgument: "INVALID_ARGUMENT"
        case .deadlineExceeded: "DEADLINE_EXCEEDED"
        case .notFound: "NOT_FOUND"
        case .alreadyExists: "ALREADY_EXISTS"
        case .permissionDenied: "PERMISSION_DENIED"
        case .resourceExhausted: "RESOURCE_EXHAUSTED"
        case .failedPrecondition: "FAILED_PRECONDITION"
        case .aborted: "ABORTED"
        case .outOfRange: "OUT_OF_RANGE"
        case .unimplemented: "UNIMPLEMENTED"
        case .internal: "INTERNAL"
        case .unavailable: "UNAVAILABLE"
        case .dataLoss: "DATA_LOSS"
        case .unauthenticated: "UNAUTHENTICATED"
        }
    }
}

/// Why a call has no answer, or a server cannot be.
package enum GRPCError: Error, Hashable, CustomStringConvertible {
    /// The status, and what the server (or gRPC for it) said.
    case status(GRPCStatus, String)
    /// gRPC core is loaded at first use, and is not installed.
    case missingLibrary(package: String)
    /// The target or the service configuration is not understood.
    case badTarget(String)
    /// The port is taken by another program.
    case portInUse(Int)

    /// The status; nil where no call was made.
    package var status: GRPCStatus? {
        if case .status(let status, _) = self { status } else { nil }
    }

    package var description: String {
        switch self {
        case .status(let status, ""): status.name
        case .status(let status, let message): "\(status.name): \(message)"
        case .missingLibrary(let package):
            "gRPC cannot be used: \(package) is not installed; apt install \(package)"
        case .badTarget(let target):
            "gRPC does not understand the target \(target); write ipv4:10.0.0.1:50051 or dns:host:50051"
        case .portInUse(let port): "port \(port) is in use by another program"
        }
    }
}
