// ScreenNotices: the bell and the desktop's notices of a dashboard, for what begins to fire.
import Engine
import Events
import Network
import Notifying
import WorldModel

/// One way to tell the person in front of the screen, for as long as it is asked for.
final class ScreenNotices: Sendable {
    private let receiver: ReceiverSettings
    private let environment: String
    private let flapWindow: Duration
    private let notifier: Notifier

    /// Those of a plan; of `earlier` ones go on that it asks for too: what was told is not told again.
    static func of(
        _ plan: WatchPlan, after earlier: [ScreenNotices],
        show: @escaping @Sendable (ScreenNotice) async -> Void
    ) -> [ScreenNotices] {
        plan.receivers.filter(\.isLocal).map { receiver in
            earlier.first {
                $0.receiver == receiver && $0.environment == plan.environment
                    && $0.flapWindow == plan.store.policy.flapWindow
            } ?? ScreenNotices(receiver, plan, show)
        }
    }

    private init(
        _ receiver: ReceiverSettings, _ plan: WatchPlan,
        _ show: @escaping @Sendable (ScreenNotice) async -> Void
    ) {
        (self.receiver, environment) = (receiver, plan.environment)
        flapWindow = plan.store.policy.flapWindow
        notifier = Notifier(
            [receiver], environment: environment, flapWindow: flapWindow,
            client: CurlClient.shared, show: show)
    }

    /// Looks at a world each second, until cancelled.
    func tell(of newest: NewestWorld) async {
        while !Task.isCancelled {
            let world = newest.world
            // What receivers in front of a screen are told stands in no ledger.
            _ = await notifier.consider(world.notifiedAlerts(), at: world.now, isLeader: false)
            await newest.wait { $0.now - world.now >= .seconds(1) }
        }
    }
}
