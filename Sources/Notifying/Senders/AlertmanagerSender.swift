// AlertmanagerSender: tells an Alertmanager what fires, as Prometheus does.
import Events
import Feeds
import Network

struct AlertmanagerSender: NoticeSender {
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

    func send(_ notice: Notice) async throws(DeliveryError) {
        let alerts = notice.items.map(\.alert).map { alert in
            PostedAlert(
                labels: alert.labels, annotations: alert.annotations, fired: alert.since,
                resolved: alert.ended)
        }
        do throws(FeedError) {
            try await post.post(alerts, at: notice.at)
        } catch {
            switch error {
            case .unreachable(_, let trouble): throw DeliveryError(trouble, at: place)
            case .refused(_, _, let status, _, let pause):
                throw DeliveryError(status: status, at: place, retryAfter: pause)
            case .unreadable, .undiscovered:
                throw DeliveryError("(\(place)) is no Alertmanager", isPassing: true)
            }
        }
    }
}

/// Receivers are not looked up in a registry.
private struct NoServices: ServiceResolver {
    func addresses(of service: String) async -> [String] { [] }
}
