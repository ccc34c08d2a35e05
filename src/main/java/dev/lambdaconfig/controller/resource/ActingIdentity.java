package dev.lambdaconfig.controller.resource;

import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.Problem;

/** The identity by which the function of a resource is called. */
public sealed interface ActingIdentity {

  /** The operator's own: the resource names none, and the policy file assigns none. */
  record Own() implements ActingIdentity {}

  /** A tenant's: of the ServiceAccount that the resource names, or of an assigned role. */
  record By(IdentityKey key) implements ActingIdentity {}

  /** None that may be used: there is more than one, or none where each resource has to have one. */
  record Unusable(Problem problem) implements ActingIdentity {}
}
