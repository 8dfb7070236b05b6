package io.costattr.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says who pays for the model calls that are made while the method runs, on the thread that runs
 * it. Without the agent it does nothing.
 *
 * <pre>{@code
 * @Attributed(feature = "support-chat", customerId = "#customer.id", tags = "plan=#customer.plan")
 * Answer answer(Customer customer, String question) { ... }
 * }</pre>
 *
 * <p>Each element takes one of three:
 *
 * <ul>
 *   <li>plain text, without <code># ( ) $&#123;</code>: {@code "support-chat"};
 *   <li>any text in single quotes: {@code "'cust #1 (old)'"};
 *   <li>an argument, by its number or, where the class was compiled with {@code -parameters} or
 *       with debug information, by its name, and properties of it: {@code "#args[0]"}, {@code
 *       "#customer.id"}. A property is a public getter ({@code getId}, {@code isTrial}), the
 *       accessor of a record's component, a method of the name and type of a field, or a public
 *       field.
 * </ul>
 *
 * <p>Nothing else is evaluated. Arguments are read once, when the method is entered. What is null,
 * no text, number, boolean, enum constant or UUID, longer than 256 characters, or throws, counts as
 * not said.
 *
 * <p>What {@link AttributionContext} says on the thread wins over the annotation, key by key; of
 * annotated methods that call each other the inner wins. The annotation counts where the method's
 * body is: on the method of the class, not on one that overrides or implements it. Of a method that
 * goes on elsewhere after it has returned (a future, a reactive chain, a suspended coroutine) only
 * what runs before that is attributed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Attributed {

  /** The product feature. */
  String feature() default "";

  /** The route, where it is not that of the request or the job. */
  String route() default "";

  /** The customer. */
  String customerId() default "";

  /** The team that owns the call. */
  String team() default "";

  /** The environment, where it differs from the process's own. */
  String environment() default "";

  /** Free tags, each {@code name=value}. */
  String[] tags() default {};
}
