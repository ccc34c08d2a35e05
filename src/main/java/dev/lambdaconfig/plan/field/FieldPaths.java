package dev.lambdaconfig.plan.field;

/** The paths of fields, such as {@code vpcConfig.subnetIds}. */
public final class FieldPaths {

  private FieldPaths() {}

  /** Whether a path is that of a block or field, or of something in it. */
  public static boolean isWithin(String block, String path) {
    return path.equals(block) || path.startsWith(block + ".");
  }
}
