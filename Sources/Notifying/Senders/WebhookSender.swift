// WebhookSender: posts notices as Alertmanager does.
import Events
import Feeds
import Network

struct WebhookSender: NoticeSender {
    let url: String
    let settings: ReceiverSettings
    let client: any HTTPClient

    func send(_ notice: Notice) async throws(DeliveryError) {
        let place = url.place
        let answer: HTTPAnswer
        do throws(NetworkError) {
            answer = try await client.send(request(WebhookBody(notice).json))
        } catch {
            throw DeliveryError(error, at: place)
        }
        guard !(200..<300).contains(answer.status) else { return }
        throw DeliveryError(status: answer.status, at: place, retryAfter: answer.retryAfter)
    }

    private func request(_ json: [UInt8]) -> HTTPRequest {
        var request = HTTPRequest(url.withoutUser)
        (request.method, request.body, request.deadline) = ("POST", json, settings.deadline)
        request.headers = [("Content-Type", "application/json"), ("User-Agent", "clawtop")]
        if let token = settings.token {
            request.headers.append(("Authorization", "Bearer \(token.revealed)"))
        } else if let credentials = Location(url).credentials {
            request.headers.append(("Authorization", "Basic \(credentials)"))
        }
        request.tls.authority = settings.authorityFile
        (request.tls.certificate, request.tls.key) = (settings.certificateFile, settings.keyFile)
        request.bodyCap = 1 << 20
        return request
    }
}

extension String {
    /// An address without the user and password that stand in it.
    fileprivate var withoutUser: String {
        guard let mark = firstRange(of: "://") else { return self }
        let rest = self[mark.upperBound...]
        let authority = rest.prefix { !"/?#\\".contains($0) }
        guard let at = authority.lastIndex(of: "@") else { return self }
        return String(self[..<mark.upperBound]) + rest[rest.index(after: at)...]
    }

    /// Of an address only scheme and host, as in `http://10.0.0.7:9000`.
    ///
    /// Paths and queries of receivers are often secrets.
    var place: String {
        guard let mark = firstRange(of: "://") else { return "its address" }
        let authority = self[mark.upperBound...].prefix { !"/?#\\".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return "\(self[..<mark.upperBound])\(host)"
    }
}
