package dev.lambdaconfig.model;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a failed call means, by AWS's code and, where AWS uses one code for all, its message. */
public enum FailureKind {
  /** The function does not exist, or not in this Region. It is looked for, never created. */
  NOT_FOUND,
  /** The function changed since it was read, or an update of ours was applied unnoticed. */
  STALE_REVISION,
  /** Another update runs. */
  BUSY,
  /** The account's quota is used up. */
  THROTTLED,
  /** The service, the network or the credentials are away for the moment. */
  TRANSIENT,
  /** IAM and KMS take up to 15 minutes to know what was just made. */
  PROPAGATING_POLICY,
  /** EC2 throttles Lambda, or a file system is not mountable yet: up to 10 minutes. */
  PROPAGATING_NETWORK,
  /** EC2 takes up to 2 minutes to know what was just made. */
  PROPAGATING_ID,
  /** The identity may not do this. */
  DENIED,
  /** AWS will refuse this request for ever, or the endpoint does not know the operation. */
  REFUSED;

  private static final Set<String> THROTTLES =
      Set.of(
          "TooManyRequestsException",
          "ThrottlingException",
          "Throttling",
          "ThrottledException",
          "RequestThrottled",
          "RequestLimitExceeded");

  private static final Set<String> PASSING =
      Set.of(
          "ServiceException",
          "InternalError",
          "InternalFailure",
          "ServiceUnavailable",
          "ServiceUnavailableException",
          "RequestTimeout",
          "RequestTimeoutException",
          "RequestExpired",
          "RequestInTheFuture",
          "RequestTimeTooSkewed",
          Failure.ENDPOINT_UNREACHABLE,
          Failure.CREDENTIALS_UNAVAILABLE);

  /** A signature that does not fit its key is for a person; one that is too old or new passes. */
  private static final Set<String> SIGNATURE_CODES =
      Set.of(
          "InvalidSignatureException",
          "InvalidSignature",
          "SignatureDoesNotMatch",
          "SignatureDoesNotMatchException");

  private static final List<String> CLOCK_TEXTS =
      List.of("Signature expired", "Signature not yet current");

  private static final List<String> POLICY_TEXTS =
      List.of(
          "cannot be assumed by Lambda",
          "provided execution role does not have permissions",
          "KMS key is invalid for CreateGrant");

  private static final List<String> NETWORK_TEXTS =
      List.of("throttled by EC2", "EFS file system", "mount target");

  private static final List<String> ID_TEXTS =
      List.of(
          "InvalidSubnetID.NotFound", "InvalidGroup.NotFound", "InvalidSecurityGroupID.NotFound");

  /** Sorts a failure. */
  public static FailureKind of(Failure failure) {
    String code = failure.code();
    int status = failure.httpStatus();
    if (code.equals("ResourceNotFoundException")) {
      return NOT_FOUND;
    }
    if (code.equals("PreconditionFailedException") || status == 412) {
      return STALE_REVISION;
    }
    if (isConflict(code) || status == 409) {
      return BUSY;
    }
    if (THROTTLES.contains(code) || status == 429) {
      return THROTTLED;
    }
    if (failure.lacksOperation() && status != 404) {
      return REFUSED;
    }
    if (PASSING.contains(code)
        || code.startsWith("ExpiredToken")
        || isOfAClock(failure)
        || status == 0
        || status >= 500) {
      return TRANSIENT;
    }
    if (status == 401 || status == 403 || code.startsWith("AccessDenied")) {
      return DENIED;
    }
    if (code.equals("InvalidParameterValueException")) {
      return ofMessage(Objects.requireNonNullElse(failure.message(), ""));
    }
    // A 404 can speak of something else, such as a code signing configuration: its code tells. One
    // without a code is an endpoint that does not know the function.
    return status == 404 && code.equals("HTTP404") ? NOT_FOUND : REFUSED;
  }

  /** Whether a code says that another update runs. */
  public static boolean isConflict(String code) {
    return code.equals("ResourceConflictException");
  }

  /** A machine that slept signs with the time at which it fell asleep, until its clock is set. */
  private static boolean isOfAClock(Failure failure) {
    return SIGNATURE_CODES.contains(failure.code())
        && contains(Objects.requireNonNullElse(failure.message(), ""), CLOCK_TEXTS);
  }

  private static FailureKind ofMessage(String message) {
    if (contains(message, POLICY_TEXTS)) {
      // An alias is no key, however long one waits.
      return message.contains("Key Aliases are not supported") ? REFUSED : PROPAGATING_POLICY;
    }
    if (contains(message, ID_TEXTS)) {
      return PROPAGATING_ID;
    }
    return contains(message, NETWORK_TEXTS) ? PROPAGATING_NETWORK : REFUSED;
  }

  private static boolean contains(String message, List<String> texts) {
    return texts.stream().anyMatch(message::contains);
  }
}
