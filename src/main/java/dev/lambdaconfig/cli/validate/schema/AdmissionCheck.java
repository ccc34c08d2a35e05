package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.validate.schema.FieldError.CauseType;
import java.util.ArrayList;
import java.util.List;

/** The verdict of the API server on resources that do not exist yet. */
public final class AdmissionCheck {

  private final StructuralCheck form = new StructuralCheck();
  private final RuleCheck rules = new RuleCheck();

  /**
   * Returns all for which the API server would refuse a resource, with strict field validation. It
   * does not report all of it at once: unknown fields first, then the rest.
   */
  public List<FieldError> errors(ObjectNode manifest) {
    JsonNode value = form.value(manifest);
    List<FieldError> errors = new ArrayList<>(form.errors(manifest, value));
    if (errors.stream().noneMatch(FieldError::blocksRules)) {
      errors.addAll(rules.broken("", value, form.resource()));
    } else {
      errors.add(
          new FieldError(
              "",
              CauseType.INVALID,
              "some validation rules were not checked because the object was invalid; correct the"
                  + " existing errors to complete validation"));
    }
    return errors;
  }
}
