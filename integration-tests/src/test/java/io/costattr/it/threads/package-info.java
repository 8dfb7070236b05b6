/** What is in force on a thread goes along with the work that it hands over, and nowhere else. */
package io.costattr.it.threads;
