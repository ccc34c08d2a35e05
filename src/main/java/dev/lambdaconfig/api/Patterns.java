package dev.lambdaconfig.api;

/**
 * The patterns of strings in the Lambda API model, in the syntax of RE2 and without anchors, for
 * the validation rules of the schema.
 */
final class Patterns {

  static final String REGION = "(eusc-)?[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-[0-9]";

  static final String FUNCTION_PREFIX = "(arn:(aws[a-zA-Z-]*)?:lambda:)?";

  static final String FUNCTION =
      FUNCTION_PREFIX + "(" + REGION + ":)?([0-9]{12}:)?(function:)?[a-zA-Z0-9_-]+";

  /**
   * The qualifier of a published version, of an alias, or of $LATEST, the only version that can be
   * configured.
   */
  static final String ANY_QUALIFIER = "(:([$]LATEST|[a-zA-Z0-9_-]+))?";

  static final String LATEST = "(:[$]LATEST)?";

  static final String ROLE = "arn:(aws[a-zA-Z-]*)?:iam::[0-9]{12}:role/?[a-zA-Z_0-9+=,.@/-]+";

  /** An ARN of any service, or the empty string. */
  static final String ARN_OR_EMPTY = "(arn:(aws[a-zA-Z-]*)?:[a-z0-9.-]+:.*)?";

  static final String LAYER =
      "arn:(aws[a-zA-Z-]*)?:lambda:" + REGION + ":[0-9]{12}:layer:[a-zA-Z0-9_-]+";

  static final String LAYER_VERSION =
      "(" + LAYER + ":[0-9]+|arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9_-]+)";

  static final String ACCESS_POINT =
      "(arn:aws[a-zA-Z-]*:elasticfilesystem:"
          + REGION
          + ":[0-9]{12}:access-point/fsap-[a-f0-9]{17}"
          + "|arn:aws[a-z-]*:s3files:[0-9a-z:-]+"
          + ":file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40})";

  /** A name of a Kubernetes object: a DNS subdomain. */
  static final String OBJECT_NAME =
      "[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*";

  static final String CAPACITY_PROVIDER =
      "arn:aws[a-zA-Z-]*:lambda:" + REGION + ":[0-9]{12}:capacity-provider:[a-zA-Z0-9_-]+";

  private Patterns() {}
}
