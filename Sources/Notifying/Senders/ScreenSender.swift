// ScreenSender: tells whoever sits in front of this clawtop's own terminal.
import Events

/// What the terminal is asked to do.
package enum ScreenNotice: Hashable, Sendable {
    case bell
    case desktop(title: String, body: String)
}

/// What is resolved neither rings nor pops up.
struct ScreenSender: NoticeSender {
    let show: @Sendable (ScreenNotice) async -> Void

    func send(_ notice: Notice) async throws(DeliveryError) {
        guard notice.isFiring, notice.news.contains(where: { $0.alert.isFiring }) else { return }
        if notice.receiver.channel == .bell {
            await show(.bell)
        } else {
            await show(.desktop(title: notice.title, body: notice.text))
        }
    }
}
