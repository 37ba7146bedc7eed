// AlertmanagerSender: tells an Alertmanager what fires, as Prometheus does.
import Events
import Feeds
import Network

struct AlertmanagerSender: NoticeSender {
    /// With more requests than these no refused alert is looked for.
    private static let mostPosts = 200

    private let place: String
    private let post: AlertmanagerPost

    init(_ url: String, _ settings: ReceiverSettings, _ client: any HTTPClient) {
        place = url.place
        var server = FeedSettings(
            name: settings.name, kind: .alertmanager, worlds: [], url: url, token: settings.token,
            deadline: settings.deadline)
        server.authorityFile = settings.authorityFile
        (server.certificateFile, server.keyFile) = (settings.certificateFile, settings.keyFile)
        post = AlertmanagerPost(
            settings: server, client: client, resolver: NoServices(),
            resendInterval: settings.repeatInterval ?? .seconds(60))
    }

    /// An Alertmanager that refuses an alert takes those beside it, and does not say which: the
    /// refused ones are looked for by halves.
    func send(_ notice: Notice) async throws(DeliveryError) {
        var parts = [notice.items.map(\.alert)[...]]
        var (taken, posts) = (Set<String>(), 0)
        var trouble: DeliveryError?
        while let part = parts.popLast() {
            posts += 1
            do throws(FeedError) {
                try await post.post(part.map(PostedAlert.init), at: notice.at)
                taken.formUnion(part.map(\.fingerprint))
            } catch {
                if error.status == 400, part.count > 1, posts < Self.mostPosts {
                    let middle = part.startIndex + part.count / 2
                    parts += [part[middle...], part[..<middle]]
                    continue
                }
                trouble = delivery(error)
                if error.status != 400 { break }
            }
        }
        guard var trouble else { return }
        trouble.taken = taken
        throw trouble
    }

    private func delivery(_ error: FeedError) -> DeliveryError {
        switch error {
        case .unreachable(_, let trouble): DeliveryError(trouble, at: place)
        case .refused(_, _, let status, _, let pause):
            DeliveryError(status: status, at: place, retryAfter: pause)
        case .unreadable, .undiscovered:
            DeliveryError("(\(place)) is no Alertmanager", isPassing: true)
        }
    }
}

extension PostedAlert {
    fileprivate init(_ alert: NotifiedAlert) {
        self.init(
            labels: alert.labels, annotations: alert.annotations, fired: alert.since,
            resolved: alert.ended)
    }
}

/// Receivers are not looked up in a registry.
private struct NoServices: ServiceResolver {
    func addresses(of service: String, onlyPassing: Bool) async -> [String] { [] }
}
