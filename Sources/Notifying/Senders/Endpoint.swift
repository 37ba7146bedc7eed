// Endpoint: where a notice is posted, and what the answer means.
import Events
import Network

/// Paths and queries of such addresses are often secrets: only scheme and host are ever shown.
struct Endpoint: Sendable {
    private let url: String
    private let settings: ReceiverSettings
    private let client: any HTTPClient

    init(_ url: String, _ settings: ReceiverSettings, _ client: any HTTPClient) {
        (self.url, self.settings, self.client) = (url, settings, client)
    }

    /// As in `http://10.0.0.7:9000`.
    var shown: String {
        guard let mark = url.firstRange(of: "://") else { return "its address" }
        let authority = url[mark.upperBound...].prefix { !"/?#\\".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return "\(url[..<mark.upperBound])\(host)"
    }

    func post(_ json: [UInt8]) async throws(DeliveryError) {
        var request = HTTPRequest(url)
        (request.method, request.body, request.deadline) = ("POST", json, settings.deadline)
        request.headers = [("Content-Type", "application/json"), ("User-Agent", "clawtop")]
        if let token = settings.token {
            request.headers.append(("Authorization", "Bearer \(token.revealed)"))
        }
        request.tls.authority = settings.authorityFile
        (request.tls.certificate, request.tls.key) = (
            settings.certificateFile, settings.keyFile
        )
        request.bodyCap = 1 << 20
        do {
            try judge(try await client.send(request))
        } catch let error as DeliveryError {
            throw error
        } catch let error as NetworkError {
            throw DeliveryError("(\(shown)) \(words(error))", isPassing: error.isPassing)
        } catch {
            throw DeliveryError("(\(shown)) cannot be asked", isPassing: true)
        }
    }

    /// What a server says of a refusal is not repeated: it may hold what we sent.
    private func judge(_ answer: HTTPAnswer) throws(DeliveryError) {
        switch answer.status {
        case 200..<300: return
        case 429, 500...:
            throw DeliveryError(
                "(\(shown)) answered \(answer.status)", isPassing: true,
                retryAfter: answer.headers["Retry-After"].flatMap(Self.pause))
        case 300..<400:
            throw DeliveryError(
                "(\(shown)) sends us elsewhere (\(answer.status)); name the final address",
                isPassing: false)
        case 401, 403:
            throw DeliveryError(
                "(\(shown)) does not know us (\(answer.status)); see `token:`", isPassing: false)
        default:
            throw DeliveryError("(\(shown)) answered \(answer.status)", isPassing: false)
        }
    }

    /// Seconds; a date is passed over, as our clock may be another.
    private static func pause(_ text: String) -> Duration? {
        guard let seconds = Int64(text), (0...86_400).contains(seconds) else { return nil }
        return .seconds(seconds)
    }

    /// Nothing of the address, whatever the reason is.
    private func words(_ error: NetworkError) -> String {
        if case .badURL = error { return "cannot be asked: it is no address" }
        return error.description
    }
}

extension NetworkError {
    fileprivate var isPassing: Bool {
        switch self {
        case .badURL, .missingLibrary: false
        case .unreachable, .timedOut, .tooLarge, .cutShort, .tls, .cancelled: true
        }
    }
}
