// CurlTransfer: a request as libcurl wants it, checked before it leaves.
import CCurl

/// Hears of one request on the client's thread; `finished` comes exactly once, and last.
protocol CurlListener: AnyObject, Sendable {
    /// Whether the body is to be told piece by piece.
    static var takesPieces: Bool { get }

    func began(status: Int, headers: HTTPHeaders)
    /// False where there is no room: the same bytes come again once the request is resumed.
    func took(_ piece: UnsafeBufferPointer<UInt8>) -> Bool
    func finished(_ result: claw_http_result)
}

/// One request, made ready to start, once.
struct CurlTransfer {
    /// What the request's deadline bounds.
    enum Patience {
        case wholeAnswer, betweenPieces
    }

    private let transfer: OpaquePointer

    init(_ request: HTTPRequest, patience: Patience) throws(NetworkError) {
        try Self.check(request)
        guard let transfer = claw_http_new(request.method, request.url) else {
            throw .unreachable("cannot be asked: there is no memory left")
        }
        for (name, value) in request.headers {
            claw_http_header(transfer, value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        request.body.withUnsafeBytes { claw_http_body(transfer, $0.baseAddress, $0.count) }
        let tls = request.tls
        claw_http_tls(transfer, tls.authority, tls.certificate, tls.key)
        if request.readsCertificate { claw_http_read_certificate(transfer) }
        if Self.isLoopback(request.url) { claw_http_without_proxy(transfer) }
        let deadline = max(1, Int(request.deadline / .milliseconds(1)))
        let isWhole = patience == .wholeAnswer
        claw_http_limits(
            transfer, isWhole ? deadline : 0, isWhole ? 0 : deadline, max(0, request.bodyCap))
        self.transfer = transfer
    }

    /// Hands the request to the client's thread, which keeps the listener until it has finished.
    func start<Listener: CurlListener>(
        on client: OpaquePointer, telling listener: Listener
    ) -> UInt64 {
        let box = CurlListenerBox(listener)
        return claw_http_start(
            client, transfer, .telling(pieces: Listener.takesPieces),
            Unmanaged.passRetained(box).toOpaque())
    }

    /// A line break would smuggle lines into the request, a zero byte would cut it.
    private static func check(_ request: HTTPRequest) throws(NetworkError) {
        func breaksLine(_ text: String) -> Bool { text.utf8.contains { $0 < 32 && $0 != 9 } }
        if request.url.utf8.contains(where: { $0 <= 32 || $0 == 127 }) {
            throw .badURL("its URL holds a space or a control character")
        }
        for (name, value) in request.headers where breaksLine(name) || breaksLine(value) {
            throw .badURL("the value of the header \(name) holds a line break")
        }
    }

    /// Loopback is never reached through a proxy, whatever the environment says.
    static func isLoopback(_ url: String) -> Bool {
        guard let scheme = url.firstRange(of: "://") else { return false }
        let rest = url[scheme.upperBound...]
        guard !rest.hasPrefix("[::1]") else { return true }
        let host = rest.prefix { !":/?#".contains($0) }.lowercased()
        return host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.")
    }
}
