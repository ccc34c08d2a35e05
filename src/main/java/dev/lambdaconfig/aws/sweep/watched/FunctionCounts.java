package dev.lambdaconfig.aws.sweep.watched;

import dev.lambdaconfig.debug.StateSizes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The numbers of watched functions by the account that their resources name, so that reads are
 * paced without a look at each. Guarded by {@link WatchedFunctions}.
 */
final class FunctionCounts {

  /** Stands for the account of resources that name none. */
  private static final String UNNAMED = "";

  private final Map<String, Integer> all = new HashMap<>();

  /** The numbers of those that no manifest has invented. */
  private final Map<String, Integer> proven = new HashMap<>();

  /** Adds a function, or takes it away if {@code sign} is negative. */
  void add(WatchedFunction function, int sign) {
    add(all, function, sign);
    addProven(function, function.isProven() ? sign : 0);
  }

  /** Records that a function that is counted turned out to be there, or not to be. */
  void addProven(WatchedFunction function, int more) {
    add(proven, function, more);
  }

  /** An account without any goes. */
  private static void add(Map<String, Integer> numbers, WatchedFunction function, int more) {
    if (more != 0) {
      String account = Objects.requireNonNullElse(function.account(), UNNAMED);
      numbers.merge(account, more, (one, other) -> one + other == 0 ? null : one + other);
    }
  }

  /** The functions whose resources name an account. */
  int in(String account) {
    return all.getOrDefault(account, 0);
  }

  /** Those of them that there are. */
  int provenIn(String account) {
    return proven.getOrDefault(account, 0);
  }

  /** The functions that there are, of resources that name no account. */
  int provenUnnamed() {
    return provenIn(UNNAMED);
  }

  /** All functions that there are. */
  int proven() {
    return proven.values().stream().mapToInt(Integer::intValue).sum();
  }

  void sizes(StateSizes sizes) {
    sizes.add("FunctionCounts.all", all.size());
    sizes.add("FunctionCounts.proven", proven.size());
  }
}
