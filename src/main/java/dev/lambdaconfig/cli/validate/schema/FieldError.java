package dev.lambdaconfig.cli.validate.schema;

/**
 * One cause for which the API server refuses a resource.
 *
 * @param field the path of the field, or "" for the whole resource
 * @param message what the API server says of it, without the path
 */
public record FieldError(String field, CauseType reason, String message) {

  /** The type of an error, as the cause of a Status has it. */
  public enum CauseType {
    /** The value is malformed, out of bounds, or breaks a rule. */
    INVALID("FieldValueInvalid", "Invalid value"),
    /** The value is of another type. */
    TYPE_INVALID("FieldValueTypeInvalid", "Invalid value"),
    /** The field is missing. */
    REQUIRED("FieldValueRequired", "Required value"),
    /** The value is none of those that are allowed. */
    NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
    /** The text is too long. */
    TOO_LONG("FieldValueTooLong", "Too long"),
    /** The list or map has too many items. */
    TOO_MANY("FieldValueTooMany", "Too many"),
    /** The item is there twice. */
    DUPLICATE("FieldValueDuplicate", "Duplicate value"),
    /** The value is not allowed here. */
    FORBIDDEN("FieldValueForbidden", "Forbidden"),
    /** The field does not exist: an error of strict field validation, which has no cause. */
    UNKNOWN_FIELD("FieldUnknown", "unknown field");

    private final String code;
    private final String text;

    CauseType(String code, String text) {
      this.code = code;
      this.text = text;
    }

    /** The reason in a cause of a Status. */
    public String code() {
      return code;
    }

    String text() {
      return text;
    }
  }

  /** An error with a value, as JSON, and what is wrong with it. */
  static FieldError of(String field, CauseType reason, String value, String detail) {
    return new FieldError(
        field, reason, reason.text() + ": " + value + (detail.isEmpty() ? "" : ": " + detail));
  }

  /** An error that needs no value. */
  static FieldError of(String field, CauseType reason, String detail) {
    return new FieldError(
        field, reason, detail.isEmpty() ? reason.text() : reason.text() + ": " + detail);
  }

  /** Whether the API server evaluates no rule where there is such an error. */
  boolean blocksRules() {
    return switch (reason) {
      case TYPE_INVALID, REQUIRED, NOT_SUPPORTED, TOO_LONG, TOO_MANY -> true;
      case INVALID, DUPLICATE, FORBIDDEN, UNKNOWN_FIELD -> false;
    };
  }

  @Override
  public String toString() {
    return field.isEmpty() ? message : field + ": " + message;
  }
}
