// AlertmanagerSender: tells an Alertmanager what fires, as Prometheus does.
import Events
import FoundationEssentials
import Wording

/// Alertmanager takes for resolved what it does not hear of before `endsAt`: four tellings may fail.
///
/// Source: <https://prometheus.io/docs/alerting/latest/alerts_api/>
struct AlertmanagerSender: NoticeSender {
    private struct Alert: Encodable {
        var labels: Labels
        var annotations: Labels
        var startsAt: String
        var endsAt: String
        var generatorURL = ""
    }

    let endpoint: Endpoint

    func send(_ notice: Notice) async throws(DeliveryError) {
        let pulse = notice.receiver.repeatInterval ?? .seconds(60)
        let alerts = notice.items.map(\.alert).map { alert in
            Alert(
                labels: alert.labels, annotations: alert.annotations,
                startsAt: timestamp(milliseconds: alert.since.milliseconds),
                endsAt: timestamp(
                    milliseconds: (alert.ended ?? notice.at + pulse * 4).milliseconds))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = (try? encoder.encode(alerts)).map { Array($0) } ?? []
        try await endpoint.post(json)
    }
}
