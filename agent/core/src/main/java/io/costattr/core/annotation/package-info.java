/**
 * What {@code @Attributed} on a method of the application says: its small grammar, read once when
 * the method is woven, and its values, read when the method is entered. Nothing of the API's
 * classes is used: an application may lack them at run time.
 */
@NullMarked
package io.costattr.core.annotation;

import org.jspecify.annotations.NullMarked;
