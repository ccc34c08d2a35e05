package dev.lambdaconfig.api;

import java.util.regex.Pattern;

/**
 * The names that environment variables can have (docs/aws.md#environment-names), and those of the
 * objects that their values come from. Patterns are in the syntax of RE2, without anchors.
 */
public final class EnvironmentNames {

  /** The longest name of a variable whose value comes from elsewhere. */
  static final int LONGEST = 256;

  /** The pattern of the API model. */
  static final String PATTERN = "[a-zA-Z]([a-zA-Z0-9_])+";

  /** The names that Lambda reserves, as a list of the expression language of the schema. */
  static final String RESERVED =
      "['AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV',"
          + " 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',"
          + " 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE',"
          + " 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME',"
          + " 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY',"
          + " 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT',"
          + " 'LAMBDA_RUNTIME_DIR']";

  static final String FORM =
      "names of environment variables must be of the form [a-zA-Z][a-zA-Z0-9_]+: a letter, then at"
          + " least one letter, digit or underscore";

  static final String IS_RESERVED =
      "this name is reserved by Lambda (AWS_REGION, AWS_DEFAULT_REGION,"
          + " AWS_EXECUTION_ENV, AWS_ACCESS_KEY, AWS_ACCESS_KEY_ID,"
          + " AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_LAMBDA_FUNCTION_*,"
          + " AWS_LAMBDA_LOG_*, AWS_LAMBDA_INITIALIZATION_TYPE,"
          + " AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, LAMBDA_RUNTIME_DIR): choose"
          + " another one";

  /** The beginning of the name of a variable. */
  static final String VARIABLE_PREFIX = "([a-zA-Z][a-zA-Z0-9_]*)?";

  /** The longest name of an object, and the longest key of its data. */
  static final int LONGEST_OF_OBJECTS = 253;

  /** The name of a Secret or ConfigMap: a DNS subdomain. */
  static final String OBJECT_NAME =
      "[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*";

  static final String OBJECT_NAME_MESSAGE =
      "name must be the name of an object in the namespace of this resource: lower case letters,"
          + " digits, - and . only, such as db-credentials";

  /** A key of a Secret or ConfigMap. */
  static final String DATA_KEY = "[a-zA-Z0-9._-]+";

  private static final Pattern FORMED = Pattern.compile(PATTERN);
  private static final Pattern PREFIX = Pattern.compile(VARIABLE_PREFIX);
  private static final Pattern NAME = Pattern.compile(OBJECT_NAME);
  private static final Pattern KEY = Pattern.compile(DATA_KEY);

  private EnvironmentNames() {}

  /** Whether AWS takes variables of a name of this form. */
  public static boolean isWellFormed(String name) {
    return FORMED.matcher(name).matches();
  }

  /** Whether the names of variables can begin so. */
  public static boolean isPrefix(String prefix) {
    return PREFIX.matcher(prefix).matches();
  }

  /** Whether a Secret or ConfigMap can have the name. */
  public static boolean isObjectName(String name) {
    return name.length() <= LONGEST_OF_OBJECTS && NAME.matcher(name).matches();
  }

  /** Whether a Secret or ConfigMap can have the key. */
  public static boolean isDataKey(String key) {
    return key.length() <= LONGEST_OF_OBJECTS && KEY.matcher(key).matches();
  }

  /** Whether Lambda sets the variable itself. */
  public static boolean isReserved(String name) {
    return RESERVED.contains("'" + name + "'");
  }
}
