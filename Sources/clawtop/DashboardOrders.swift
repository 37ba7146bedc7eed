// DashboardOrders: what a viewer wants done to alerts, carried to the alert store and back.
import AlertStores
import Engine
import Events
import Panes
import Terminal
import WorldModel

extension Dashboard {
    /// The screen does not wait: the answer is painted when it comes.
    func request(_ request: AlertRequest, for fingerprints: [String] = []) {
        guard let engine else { return answer(.failed("nothing is watched yet"), fingerprints) }
        Task {
            let reply = await engine.request(request)
            answer(OrderAnswer(reply), fingerprints)
        }
    }
}

extension OrderAnswer {
    fileprivate init(_ reply: AlertReply) {
        switch reply {
        case .failed(let why): self = .failed(why)
        case .muted(let mute): self = .muted(mute)
        case .notMuted: self = .nothing
        case .ordered(let outcomes): self.init(outcomes)
        }
    }

    private init(_ outcomes: [OrderOutcome]) {
        var (written, late) = (0, 0)
        for outcome in outcomes {
            switch outcome {
            case .done: written += 1
            case .noted: (written, late) = (written + 1, late + 1)
            case .held(let hold, let ledger):
                self = .held(hold, fingerprint: ledger.fingerprint)
                return
            case .nothing: break
            }
        }
        self = written == 0 ? .nothing : .written(written, late: late)
    }
}
