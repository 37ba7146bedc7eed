// ScreenNotices: the bell and the desktop's notices of a dashboard, for what begins to fire.
import Engine
import Events
import Network
import Notifying
import WorldModel

/// Who tells the person in front of the screen, for as long as the same is asked for.
final class ScreenNotices: Sendable {
    private let receivers: [ReceiverSettings]
    private let environment: String
    private let flapWindow: Duration
    private let notifier: Notifier

    /// `earlier` goes on where this plan asks for nothing else: what it has told is not told again.
    static func of(
        _ plan: WatchPlan, after earlier: ScreenNotices?,
        show: @escaping @Sendable (ScreenNotice) async -> Void
    ) -> ScreenNotices {
        if let earlier, earlier.receivers == plan.receivers.filter(\.isLocal),
            earlier.environment == plan.environment,
            earlier.flapWindow == plan.store.policy.flapWindow
        {
            return earlier
        }
        return ScreenNotices(plan, show)
    }

    private init(_ plan: WatchPlan, _ show: @escaping @Sendable (ScreenNotice) async -> Void) {
        (receivers, environment) = (plan.receivers.filter(\.isLocal), plan.environment)
        flapWindow = plan.store.policy.flapWindow
        notifier = Notifier(
            receivers, environment: environment, flapWindow: flapWindow,
            client: CurlClient.shared, show: show)
    }

    /// Looks at a world each second, until cancelled; returns at once where nobody asked for it.
    func tell(of newest: NewestWorld) async {
        guard !receivers.isEmpty else { return }
        while !Task.isCancelled {
            let world = newest.world
            // What receivers in front of a screen are told stands in no ledger.
            _ = await notifier.consider(world.notifiedAlerts(), at: world.now, isLeader: false)
            await newest.wait { $0.now - world.now >= .seconds(1) }
        }
    }
}
