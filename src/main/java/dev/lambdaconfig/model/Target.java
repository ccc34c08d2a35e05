package dev.lambdaconfig.model;

import dev.lambdaconfig.model.identity.Identity;
import org.jspecify.annotations.Nullable;

/**
 * The function that a call is about.
 *
 * @param region the AWS Region to call
 * @param functionName name, partial or full ARN, without qualifier
 * @param identity the identity of the call, or null for the operator's own
 * @param requester the resource that needs the call, as {@code namespace/name}, for CloudTrail;
 *     empty where none is known
 */
public record Target(
    String region, String functionName, @Nullable Identity identity, String requester) {

  /** The function as the operator's own identity calls it, for no resource in particular. */
  public Target(String region, String functionName) {
    this(region, functionName, null, "");
  }

  /** The function as an identity calls it; null for the operator's own. */
  public Target as(@Nullable Identity other) {
    return new Target(region, functionName, other, requester);
  }

  /** The function as it is called for a resource. */
  public Target requestedBy(String namespace, String name) {
    return new Target(region, functionName, identity, namespace + "/" + name);
  }

  /** The key of the function: its Region and bare name. */
  public FunctionKey key() {
    return new FunctionKey(region, FunctionReference.parse(functionName).name());
  }

  /** The account in the name, else that of the identity; null for the operator's own. */
  public @Nullable String account() {
    String named = FunctionReference.accountIn(functionName);
    return named != null || identity == null ? named : identity.account();
  }

  /**
   * The account that the call counts for: that of the identity, as STS answered, whatever account
   * the name says; without an identity the one in the name, and null for the operator's own.
   */
  public @Nullable String payer() {
    String own = identity == null ? null : identity.account();
    return own == null ? account() : own;
  }

  /** Whether the payer is the account that STS answered: nobody can invent it. */
  public boolean hasOwnAccount() {
    return identity != null && identity.account() != null;
  }

  /** The key of the identity's session; empty for the operator's own identity. */
  public String session() {
    return Identity.sessionOf(identity);
  }

  /** Whether the function is in the account that STS answered: nobody can invent it. */
  public boolean isInOwnAccount() {
    String own = identity == null ? null : identity.account();
    return own != null && own.equals(account());
  }
}
