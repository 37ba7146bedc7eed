// StorePlan: where acknowledgements are kept, how long they hold, and whether any are taken.
import Events
import Settings

struct StorePlan: Equatable {
    var store = StoreSettings.file(nil)
    var policy = AcknowledgementPolicy()
    /// Nothing is acknowledged, muted or noted from here.
    var isReadOnly = false

    init() {}

    /// What the configuration `file` says; a relative path is one beside it.
    init(_ configuration: Configuration, of file: String) {
        (store, policy) = (configuration.store, configuration.acknowledgement)
        isReadOnly = configuration.isReadOnly
        if case .file(let path?) = store, !path.hasPrefix("/") {
            store = .file("\(folder(of: file))/\(path)")
        }
    }
}
