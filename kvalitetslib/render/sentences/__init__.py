"""Every sentence that a page says about data, from templates in one place."""
