// NetworkError+Curl: libcurl's codes and texts in plain words.
import CCurl
import Glibc

extension NetworkError {
    /// Why there is no answer; nil where there is one.
    ///
    /// curl's texts name hosts and files but never the URL, so that nothing secret passes on.
    init?(_ result: claw_http_result, of request: HTTPRequest) {
        let message = String(cString: result.message)
        guard let error = Self.of(result, message, request) else { return nil }
        self = error
        guard result.sent > 0, request.method != "GET" else { return }
        // What a kept connection did not answer is sent again on a new one: the first may have arrived.
        switch error {
        case .unreachable(let reason):
            self = .cutShort("the connection broke, and the server \(reason)")
        case .tls: self = .cutShort("the connection broke, and the next one \(error)")
        default: break
        }
    }

    private static func of(
        _ result: claw_http_result, _ message: String, _ request: HTTPRequest
    ) -> Self? {
        switch Int(result.code) {
        case 0: nil
        case CLAW_HTTP_CANCELLED: .cancelled
        case CLAW_HTTP_TOO_LARGE: .tooLarge(cap: request.bodyCap)
        case CLAW_HTTP_NO_LIBRARY: .missingLibrary(package: "libcurl4")
        case CLAW_HTTP_IDLE, 28: .timedOut(after: request.deadline)
        case 1 where message.contains("HTTP/0.9"), 8: .unreachable("speaks no HTTP on this port")
        case 1: .badURL("only http and https are spoken")
        case 3: .badURL("its URL is not one")
        case 67: .badURL("its URL holds a user; name user and password apart from it")
        case 5: .unreachable("is behind a proxy that has no such host name")
        case 6: .unreachable("has no such host name")
        case 7: .unreachable(connecting(errno: result.os_errno))
        case 97: .unreachable("cannot be reached through its proxy: \(message)")
        case 18: .cutShort("the connection closed before the end")
        case 52: gotNothing(request)
        case 16, 92: .cutShort("its HTTP/2 stream broke")
        case 61: .cutShort("its compression cannot be read")
        case 35, 53, 54, 58, 59, 60, 66, 77, 80, 83, 91: ofTLS(Int(result.code), message, request)
        case 55, 56: broken(message)
        default: .unreachable("cannot be asked: \(message)")
        }
    }

    private static func connecting(errno code: Int32) -> String {
        switch code {
        case ECONNREFUSED: "refused the connection"
        case EHOSTUNREACH: "cannot be reached: no route to its host"
        case ENETUNREACH: "cannot be reached: no route to its network"
        case ETIMEDOUT: "did not answer the connection"
        case EACCES, EPERM: "cannot be reached: a firewall on this machine forbids it"
        case EMFILE, ENFILE: "cannot be reached: too many files are open here"
        case EADDRNOTAVAIL: "cannot be reached: no free port is left here"
        default: "cannot be connected to"
        }
    }

    private static func gotNothing(_ request: HTTPRequest) -> Self {
        let wantsCertificate = request.url.hasPrefix("https") && request.tls.certificate == nil
        return .cutShort(
            wantsCertificate
                ? "it closed the connection without one; it may want a client certificate"
                : "it closed the connection without one")
    }

    private static func broken(_ message: String) -> Self {
        if message.contains("alert") { return .tls(alert(message)) }
        if message.contains("reset") { return .cutShort("the connection was reset") }
        return .cutShort("the connection broke")
    }
}
