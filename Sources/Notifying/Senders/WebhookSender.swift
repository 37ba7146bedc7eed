// WebhookSender: posts notices as Alertmanager does.

struct WebhookSender: NoticeSender {
    let endpoint: Endpoint

    func send(_ notice: Notice) async throws(DeliveryError) {
        try await endpoint.post(WebhookBody(notice).json)
    }
}
