package dev.lambdaconfig.aws.account;

import dev.lambdaconfig.aws.limit.AccountQuota;
import java.util.function.BiConsumer;

/**
 * The quotas in use, as metrics show them: nothing that reads them changes what pays for a call.
 */
public interface AccountQuotas {

  /** Whether a Region has callers. */
  boolean isUsed(String region);

  /** Shows each quota in use with its Region; the account is never a label. */
  void forEach(BiConsumer<String, AccountQuota> action);
}
