package dev.lambdaconfig.model;

import org.jspecify.annotations.Nullable;

/**
 * An account in a Region, whose calls share one quota (docs/aws.md#quota).
 *
 * @param account the account's number, or null where no ARN has named it
 */
public record QuotaScope(@Nullable String account, String region) {

  /** The scope for messages: the Region, and the account where it is known. */
  public String text() {
    return account == null ? region : region + " of account " + account;
  }
}
