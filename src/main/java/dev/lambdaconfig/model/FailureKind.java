package dev.lambdaconfig.model;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The kinds of failed calls, by AWS's code and, where AWS uses one code for many mistakes, its
 * message. The code decides before the HTTP status, because many codes are not in AWS's model
 * (docs/aws.md#unmodelled-errors).
 */
public enum FailureKind {
  /**
   * The function does not exist, or not in this Region. The operator looks for it again, and never
   * creates it (docs/aws.md#not-found).
   */
  NOT_FOUND,
  /**
   * The function changed after it was read, or an update of the operator was applied without an
   * answer (docs/aws.md#stale-revision).
   */
  STALE_REVISION,
  /** Another update runs (docs/aws.md#update-in-progress). */
  BUSY,
  /** The account's quota is used up (docs/aws.md#throttled). */
  THROTTLED,
  /** The service, the network or the credentials are unavailable for the moment. */
  TRANSIENT,
  /** IAM and KMS may not know yet what was just created (docs/aws.md#iam-and-kms-propagate). */
  PROPAGATING_POLICY,
  /**
   * EC2 throttles Lambda, or a file system cannot be mounted yet (docs/aws.md#ec2-and-efs-busy).
   */
  PROPAGATING_NETWORK,
  /** EC2 may not know yet what was just created (docs/aws.md#ec2-ids-propagate). */
  PROPAGATING_ID,
  /** The identity lacks the permission (docs/aws.md#access-denied). */
  DENIED,
  /** AWS will always refuse this request, or the endpoint does not know the operation. */
  REFUSED;

  private static final Set<String> THROTTLES =
      Set.of(
          "TooManyRequestsException",
          "ThrottlingException",
          "Throttling",
          "ThrottledException",
          "RequestThrottled",
          "RequestLimitExceeded");

  /** Codes of a wrong clock. */
  private static final Set<String> CLOCK_CODES =
      Set.of("RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed");

  private static final Set<String> PASSING =
      Set.of(
          "ServiceException",
          "InternalError",
          "InternalFailure",
          "ServiceUnavailable",
          "ServiceUnavailableException",
          "RequestTimeout",
          "RequestTimeoutException",
          Failure.ENDPOINT_UNREACHABLE);

  /**
   * Codes of a refused signature. One that does not match its key needs a person; one that is too
   * old or too new is transient (docs/aws.md#clock-skew).
   */
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

  /** Classifies a failure. */
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
    if (PASSING.contains(code) || isOfTheCaller(failure) || status == 0 || status >= 500) {
      return TRANSIENT;
    }
    if (status == 401 || status == 403 || failure.namesMissingRight()) {
      return DENIED;
    }
    if (code.equals("InvalidParameterValueException")) {
      return ofMessage(Objects.requireNonNullElse(failure.message(), ""));
    }
    // A 404 with a code can be about something else, such as a code signing configuration. One
    // without a code comes from an endpoint that does not know the function.
    return status == 404 && code.equals("HTTP404") ? NOT_FOUND : REFUSED;
  }

  /** Whether a code says that another update runs. */
  public static boolean isConflict(String code) {
    return code.equals("ResourceConflictException");
  }

  /** Whether a code says that a quota is used up. */
  public static boolean isThrottle(String code) {
    return THROTTLES.contains(code) || code.equals(Failure.codeOf(429));
  }

  /** Whether any call of the identity would fail alike, until it has other credentials or time. */
  public static boolean isOfTheCaller(Failure failure) {
    return failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)
        || failure.code().startsWith("ExpiredToken")
        || isOfAClock(failure);
  }

  /**
   * Whether a wrong clock made the signature invalid: a machine that slept signs with the time at
   * which it fell asleep, until its clock is set (docs/aws.md#clock-skew).
   */
  private static boolean isOfAClock(Failure failure) {
    return CLOCK_CODES.contains(failure.code())
        || (SIGNATURE_CODES.contains(failure.code())
            && contains(Objects.requireNonNullElse(failure.message(), ""), CLOCK_TEXTS));
  }

  private static FailureKind ofMessage(String message) {
    if (contains(message, POLICY_TEXTS)) {
      // Waiting does not turn an alias into a key (docs/aws.md#kms-key-alias).
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
