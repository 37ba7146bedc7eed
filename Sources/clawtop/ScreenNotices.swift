// ScreenNotices: the bell and the desktop's notices of a dashboard, for what begins to fire.
import Engine
import Events
import Network
import Notifying
import WorldModel

extension WatchPlan {
    /// Looks at a world each second, until cancelled; returns at once where nobody asked for it.
    func tellScreen(
        of newest: NewestWorld, _ show: @escaping @Sendable (ScreenNotice) async -> Void
    ) async {
        let receivers = receivers.filter(\.isLocal)
        guard !receivers.isEmpty else { return }
        let notifier = Notifier(
            receivers, environment: environment, flapWindow: store.policy.flapWindow,
            client: CurlClient.shared, show: show)
        while !Task.isCancelled {
            let world = newest.world
            // What receivers in front of a screen are told stands in no ledger.
            _ = await notifier.consider(world.notifiedAlerts(), at: world.now, isLeader: false)
            await newest.wait { $0.now - world.now >= .seconds(1) }
        }
    }
}
