// AlertDesk: the commands about alerts, carried out on the stores that are there.
import AlertStores
import Events
import WorldModel

struct AlertDesk: Sendable {
    /// The configured one first, then that of a demo that runs.
    let stores: [any AlertStore]
    let plan: StorePlan
    /// Who asks.
    let person: Person
    let now: Instant
    let options: AlertOptions
    let format: Invocation.Format

    func run(_ command: String) async -> Outcome {
        do {
            return try await carryOut(command)
        } catch let refusal as Refusal {
            return refusal.outcome
        } catch let error as StoreError {
            let doubt = error.isUncertain ? "it may have been written: " : ""
            return Refusal(doubt + error.description).outcome
        } catch {
            return Refusal("\(error)").outcome
        }
    }

    /// Asked once all that was typed is understood.
    func mayWrite() throws(Refusal) {
        guard plan.isReadOnly else { return }
        throw Refusal("nothing was written: the configuration says read_only: true")
    }

    private func carryOut(_ command: String) async throws -> Outcome {
        switch command {
        case "ack": try await acknowledge()
        case "unack": try await giveBack()
        case "note": try await note()
        case "mute": try await mute()
        case "unmute": try await unmute()
        case "mutes": try await listMutes()
        default: try await list()
        }
    }

    /// What each store knows; with all, also of what is long over.
    func views(all: Bool = false) async throws -> [StoreView] {
        var views: [StoreView] = []
        for store in stores {
            views.append(
                try await StoreView(store, policy: plan.policy, at: now, all: all))
        }
        return views
    }

    private func list() async throws -> Outcome {
        let views = try await views(all: options.showsAll)
        let listing = AlertListing(views: views, showsAll: options.showsAll)
        var outcome = Outcome(.ok, format == .json ? listing.json : listing.text)
        outcome.warn(listing.warnings)
        return outcome
    }
}
