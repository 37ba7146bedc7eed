// StoreSettings: where alerts' histories and acknowledgements are kept.

package enum StoreSettings: Hashable, Sendable {
    /// An SQLite file; nil: the one in the state folder.
    case file(String?)
    /// Keys of Consul or etcd, under the settings' prefix, which a team shares.
    case server(FeedSettings)
}
