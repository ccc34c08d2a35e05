package dev.lambdaconfig.aws.account;

import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.debug.StateSizes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Callers of one kind, resources or sweeps, each with its last call. A caller is one of a single
 * account and Region: a call to another one releases what it held of the first.
 *
 * <p>Guarded by {@link Accounts}.
 */
final class Callers {

  private final Set<WaiterId.Call> calls;
  private final LongSupplier nanos;
  private final RegionListener listener;
  private final Map<String, RegionAccounts.Use> uses = new HashMap<>();

  /**
   * Creates an empty set of callers.
   *
   * @param calls the calls that a caller of this kind can wait for
   * @param listener notified of Regions that get their first caller, or lose their last one
   */
  Callers(Set<WaiterId.Call> calls, LongSupplier nanos, RegionListener listener) {
    this.calls = calls;
    this.nanos = nanos;
    this.listener = listener;
  }

  /**
   * Records the call of a caller.
   *
   * @param account the account that it names, or null
   * @param charged the account that pays for it
   */
  void called(String caller, RegionAccounts region, @Nullable String account, Account charged) {
    RegionAccounts.Use before = uses.get(caller);
    if (before != null && before.is(region, account, charged)) {
      return;
    }
    boolean first = !region.isUsed();
    uses.put(caller, region.join(account, charged));
    if (first) {
      listener.used(region.name());
    }
    if (before != null) {
      leave(caller, before, charged);
    }
  }

  /** Releases all that a caller holds. */
  void forget(String caller) {
    RegionAccounts.Use use = uses.remove(caller);
    if (use != null) {
      leave(caller, use, null);
    }
  }

  private void leave(String caller, RegionAccounts.Use before, @Nullable Account charged) {
    if (before.charged() != charged) {
      before.charged().forget(caller, calls);
    }
    RegionAccounts region = before.region();
    region.leave(before.account(), nanos.getAsLong());
    if (!region.isUsed()) {
      listener.unused(region.name());
    }
  }

  void sizes(StateSizes sizes) {
    sizes.add("Callers.uses", uses.size());
  }
}
